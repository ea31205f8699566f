package io.quantchat.client.pictures;

/**
 * A picture's colours in a few characters: Blurhash, by the algorithm that its authors publish
 * (https://github.com/woltapp/blurhash/blob/master/Algorithm.md), 4 × 3 components.
 */
final class Blurhash {

  private static final int ACROSS = 4;
  private static final int DOWN = 3;

  /** More pixels than that change nothing that is seen. */
  private static final int LONGEST = 32;

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

  private final StringBuilder text = new StringBuilder();

  private Blurhash() {}

  static String of(Pixels picture) {
    return exactly(picture.within(LONGEST));
  }

  /** Of the pixels as they are. */
  static String exactly(Pixels pixels) {
    var factors = new double[ACROSS * DOWN][];
    for (int j = 0; j < DOWN; j++) {
      for (int i = 0; i < ACROSS; i++) {
        factors[j * ACROSS + i] = factor(pixels, i, j);
      }
    }
    var hash = new Blurhash();
    hash.append(ACROSS - 1 + (DOWN - 1) * 9, 1);
    double largest = 0;
    for (int i = 1; i < factors.length; i++) {
      for (double part : factors[i]) {
        largest = Math.max(largest, Math.abs(part));
      }
    }
    int quantised = (int) Math.clamp(Math.floor(largest * 166 - 0.5), 0, 82);
    double range = (quantised + 1) / 166.0;
    hash.append(quantised, 1);
    hash.append(mean(factors[0]), 4);
    for (int i = 1; i < factors.length; i++) {
      hash.append(variation(factors[i], range), 2);
    }
    return hash.text.toString();
  }

  private static double[] factor(Pixels pixels, int i, int j) {
    int width = pixels.size().width();
    int height = pixels.size().height();
    var sum = new double[3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double basis = Math.cos(Math.PI * i * x / width) * Math.cos(Math.PI * j * y / height);
        int pixel = pixels.rgb()[y * width + x];
        sum[0] += basis * linear(pixel >> 16 & 0xff);
        sum[1] += basis * linear(pixel >> 8 & 0xff);
        sum[2] += basis * linear(pixel & 0xff);
      }
    }
    double scale = (i == 0 && j == 0 ? 1.0 : 2.0) / ((double) width * height);
    return new double[] {sum[0] * scale, sum[1] * scale, sum[2] * scale};
  }

  private static int mean(double... colour) {
    return encoded(colour[0]) << 16 | encoded(colour[1]) << 8 | encoded(colour[2]);
  }

  private static int variation(double[] factor, double range) {
    return quantised(factor[0] / range) * 19 * 19
        + quantised(factor[1] / range) * 19
        + quantised(factor[2] / range);
  }

  private static int quantised(double value) {
    double root = Math.signum(value) * Math.sqrt(Math.abs(value));
    return (int) Math.clamp(Math.floor(root * 9 + 9.5), 0, 18);
  }

  /** From sRGB. */
  private static double linear(int octet) {
    double value = octet / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  /** To sRGB. */
  private static int encoded(double linear) {
    double value = Math.clamp(linear, 0.0, 1.0);
    return (int)
        (value <= 0.0031308
            ? value * 12.92 * 255 + 0.5
            : (1.055 * Math.pow(value, 1 / 2.4) - 0.055) * 255 + 0.5);
  }

  private void append(int value, int digits) {
    int divisor = (int) Math.pow(DIGITS.length(), digits - 1);
    for (int i = 0; i < digits; i++) {
      text.append(DIGITS.charAt(value / divisor % DIGITS.length()));
      divisor /= DIGITS.length();
    }
  }
}
