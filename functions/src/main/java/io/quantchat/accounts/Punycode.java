package io.quantchat.accounts;

import java.util.Optional;

/**
 * Labels of domain names outside of ASCII, as RFC 3492 writes them in ASCII. The JDK's {@code
 * java.net.IDN} knows IDNA of 2003 alone, to which {@code faß.de} is {@code fass.de}: two domains,
 * of two owners perhaps.
 */
final class Punycode {

  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;

  /** Longer than any label can be, in code points: what is longer isn't worth the work. */
  private static final int LONGEST = 63;

  private Punycode() {}

  /**
   * Writes a label in ASCII, without the {@code xn--}; nothing where it is too long for a label.
   */
  static Optional<String> encode(String label) {
    int[] input = label.codePoints().toArray();
    if (input.length > LONGEST) {
      return Optional.empty();
    }
    var output = new StringBuilder();
    for (int point : input) {
      if (point < INITIAL_N) {
        output.append((char) point);
      }
    }
    int basic = output.length();
    int handled = basic;
    if (basic > 0) {
      output.append('-');
    }
    int n = INITIAL_N;
    int delta = 0;
    int bias = INITIAL_BIAS;
    while (handled < input.length) {
      int next = Integer.MAX_VALUE;
      for (int point : input) {
        if (point >= n && point < next) {
          next = point;
        }
      }
      delta += (next - n) * (handled + 1);
      n = next;
      for (int point : input) {
        if (point < n) {
          delta++;
        } else if (point == n) {
          append(delta, bias, output);
          bias = adapted(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return Optional.of(output.toString());
  }

  private static void append(int delta, int bias, StringBuilder output) {
    int q = delta;
    for (int k = BASE; ; k += BASE) {
      int t = threshold(k, bias);
      if (q < t) {
        output.append(digit(q));
        return;
      }
      output.append(digit(t + (q - t) % (BASE - t)));
      q = (q - t) / (BASE - t);
    }
  }

  /** Reads what stands behind {@code xn--}; nothing where that is no label. */
  static Optional<String> decode(String text) {
    if (text.length() > LONGEST || text.chars().anyMatch(c -> c >= INITIAL_N)) {
      return Optional.empty();
    }
    int basic = Math.max(text.lastIndexOf('-'), 0);
    var output = new StringBuilder(text.substring(0, basic));
    int length = basic;
    int n = INITIAL_N;
    int i = 0;
    int bias = INITIAL_BIAS;
    int in = basic > 0 ? basic + 1 : 0;
    while (in < text.length()) {
      int before = i;
      int weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = in < text.length() ? Character.digit(text.charAt(in++), BASE) : -1;
        if (digit < 0) {
          return Optional.empty();
        }
        // As RFC 3492 has them: letters stand for 0 to 25, digits for 26 to 35.
        digit = digit < 10 ? digit + 26 : digit - 10;
        long sum = i + (long) digit * weight;
        int t = threshold(k, bias);
        long heavier = (long) weight * (BASE - t);
        if (sum > Integer.MAX_VALUE || heavier > Integer.MAX_VALUE) {
          return Optional.empty();
        }
        i = (int) sum;
        if (digit < t) {
          break;
        }
        weight = (int) heavier;
      }
      length++;
      bias = adapted(i - before, length, before == 0);
      n += i / length;
      i %= length;
      if (n < 0 || !Character.isValidCodePoint(n)) {
        return Optional.empty();
      }
      output.insert(output.offsetByCodePoints(0, i), Character.toString(n));
      i++;
    }
    return Optional.of(output.toString());
  }

  private static int threshold(int k, int bias) {
    return Math.clamp(k - bias, T_MIN, T_MAX);
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int adapted(int delta, int points, boolean isFirst) {
    int rest = isFirst ? delta / DAMP : delta / 2;
    rest += rest / points;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
  }
}
