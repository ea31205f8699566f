package io.quantchat.infra.bench.load;

import java.util.random.RandomGenerator;

/** What messages say: 1 kB that doesn't compress. */
public final class Content {

  private static final int LENGTH = 1024;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private Content() {}

  /** Another one. */
  public static String draw(RandomGenerator random) {
    StringBuilder content = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      content.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return content.toString();
  }
}
