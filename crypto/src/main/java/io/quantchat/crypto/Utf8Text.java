package io.quantchat.crypto;

import java.nio.charset.StandardCharsets;

/**
 * Text as the bytes that are hashed, signed and sealed. Half of a surrogate pair is no character
 * and has no UTF-8: the JDK would write {@code ?} for it, so that two texts became one, and a
 * reader got another than was written. It is refused.
 */
public final class Utf8Text {

  private Utf8Text() {}

  /** Whether a text is made of characters alone: no half of a surrogate pair is in it. */
  public static boolean isWhole(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A text's UTF-8.
   *
   * @param field what a refusal names
   * @throws RefusedException MALFORMED for half of a surrogate pair
   */
  public static byte[] encode(String field, String text) {
    RefusedException.require(isWhole(text), Refusal.MALFORMED, field);
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
