package io.quantchat.accounts;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * The domain of an e-mail address, by the rules of IDNA 2008 (RFC 5891, with the mapping of UTS 46
 * without its transitional part) as far as the JDK's tables of Unicode have them.
 *
 * @param display in lower case, each label as it was typed, without a dot at the end
 * @param ascii the same with each label in ASCII
 */
record DomainName(String display, String ascii) {

  /** Octets; RFC 1035 §2.3.4 without the root's dot. */
  static final int LONGEST = 253;

  private static final int LONGEST_LABEL = 63;
  private static final String ACE_PREFIX = "xn--";
  private static final char IDEOGRAPHIC_FULL_STOP = '\u3002';

  /** Middle dot, Greek numeral sign, geresh, gershayim, Katakana's dot (RFC 5892, appendix A). */
  private static final String IN_CONTEXT = "\u00b7\u0375\u05f3\u05f4\u30fb";

  /**
   * A domain, or nothing where it can't be one.
   *
   * @param text in NFKC
   */
  static Optional<DomainName> parse(String text) {
    String domain = text.replace(IDEOGRAPHIC_FULL_STOP, '.');
    if (domain.endsWith(".")) {
      domain = domain.substring(0, domain.length() - 1);
    }
    var shown = new ArrayList<String>();
    var ascii = new ArrayList<String>();
    for (String typed : domain.split("\\.", -1)) {
      String label = mapped(typed);
      Optional<String> encoded = encoded(label);
      if (encoded.isEmpty() || encoded.get().length() > LONGEST_LABEL) {
        return Optional.empty();
      }
      shown.add(label);
      ascii.add(encoded.get());
    }
    var parsed = new DomainName(String.join(".", shown), String.join(".", ascii));
    return parsed.ascii().length() <= LONGEST ? Optional.of(parsed) : Optional.empty();
  }

  /** In lower case, each character by itself: a sigma is the same at a word's end. */
  private static String mapped(String label) {
    var mapped = new StringBuilder();
    label
        .codePoints()
        .forEach(point -> mapped.append(Character.toString(point).toLowerCase(Locale.ROOT)));
    return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
  }

  /** A label in ASCII; nothing where it is none. What is in ASCII already must be what it'd be. */
  private static Optional<String> encoded(String label) {
    if (label.startsWith(ACE_PREFIX)) {
      return Punycode.decode(label.substring(ACE_PREFIX.length()))
          .filter(decoded -> !isAscii(decoded) && mapped(decoded).equals(decoded))
          .filter(DomainName::isLabel)
          .flatMap(Punycode::encode)
          .map(ACE_PREFIX::concat)
          .filter(label::equals);
    }
    if (!isLabel(label)) {
      return Optional.empty();
    }
    return isAscii(label) ? Optional.of(label) : Punycode.encode(label).map(ACE_PREFIX::concat);
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && !label.startsWith("-")
        && !label.endsWith("-")
        && !label.startsWith("--", 2)
        && !DeceivingCharacters.isMark(label.codePointAt(0))
        && !DeceivingCharacters.areIn(label)
        && label.codePoints().allMatch(DomainName::isInLabel)
        && !isMixedInDirection(label);
  }

  private static boolean isInLabel(int point) {
    if (point < 0x80) {
      return point == '-' || (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z');
    }
    return Character.isLetterOrDigit(point)
        || DeceivingCharacters.isMark(point)
        || IN_CONTEXT.indexOf(point) >= 0;
  }

  /** RFC 5893: what is written from the right begins there, and has no letter from the left. */
  private static boolean isMixedInDirection(String label) {
    boolean hasRight = label.codePoints().anyMatch(DomainName::isFromRight);
    return hasRight
        && (!isFromRight(label.codePointAt(0))
            || label
                .codePoints()
                .anyMatch(
                    point ->
                        Character.getDirectionality(point)
                            == Character.DIRECTIONALITY_LEFT_TO_RIGHT));
  }

  private static boolean isFromRight(int point) {
    return switch (Character.getDirectionality(point)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
          true;
      default -> false;
    };
  }

  private static boolean isAscii(String label) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(label);
  }
}
