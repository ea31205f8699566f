package io.quantchat.crypto;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes inputs of chance from a seed, those at the edges more often than they would come. */
final class Chance {

  /** What most of JSON and base64 is made of. */
  private static final String ORDINARY =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ \n\0";

  private final long seed;
  private final Random random;

  Chance(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  long seed() {
    return seed;
  }

  /** From one number to another, both included; one of the two in every fourth case. */
  long from(long least, long most) {
    return switch (random.nextInt(8)) {
      case 0 -> least;
      case 1 -> most;
      // About as many small ones as large ones.
      case 2, 3, 4 ->
          least + ((random.nextLong() >>> 1) >>> random.nextInt(63)) % (most - least + 1);
      default -> random.nextLong(least, most + 1);
    };
  }

  int from(int least, int most) {
    return (int) from((long) least, (long) most);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  long number() {
    return random.nextLong();
  }

  byte[] bytes(int least, int most) {
    var bytes = new byte[from(least, most)];
    switch (random.nextInt(4)) {
      case 0 -> Arrays.fill(bytes, (byte) from(Byte.MIN_VALUE, Byte.MAX_VALUE));
      default -> random.nextBytes(bytes);
    }
    return bytes;
  }

  /** One unit of UTF-16, half of a pair included. */
  char character() {
    return switch (random.nextInt(4)) {
      case 0 -> (char) from(Character.MIN_VALUE, Character.MAX_VALUE);
      case 1 -> (char) from(Character.MIN_SURROGATE, Character.MAX_SURROGATE);
      default -> ORDINARY.charAt(random.nextInt(ORDINARY.length()));
    };
  }

  /**
   * @param most units of UTF-16
   */
  String text(int most) {
    var text = new StringBuilder();
    for (int left = from(0, most); left > 0; left--) {
      text.append(character());
    }
    return text.toString();
  }

  List<String> texts(int mostTexts, int mostUnits) {
    return IntStream.range(0, from(0, mostTexts)).mapToObj(i -> text(mostUnits)).toList();
  }

  @Override
  public String toString() {
    return "seed " + seed;
  }
}
