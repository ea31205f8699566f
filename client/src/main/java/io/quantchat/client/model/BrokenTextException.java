package io.quantchat.client.model;

import io.quantchat.crypto.Utf8Text;
import java.nio.CharBuffer;

/**
 * A text holds half of a surrogate pair, which is no character: there is no UTF-8 of it, and
 * whoever read it would read something else than was written.
 */
public final class BrokenTextException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public BrokenTextException() {
    super("The text holds half of a character, such as a part of an emoji: write it again.");
  }

  /**
   * The text itself, as long as it is one.
   *
   * @throws BrokenTextException otherwise
   */
  public static String requireWhole(String text) {
    requireWhole((CharSequence) text);
    return text;
  }

  /**
   * Turns away a secret, which isn't made a string of, that is no text.
   *
   * @throws BrokenTextException where it is none
   */
  public static void requireWhole(char[] secret) {
    requireWhole(CharBuffer.wrap(secret));
  }

  private static void requireWhole(CharSequence text) {
    if (!Utf8Text.isWhole(text)) {
      throw new BrokenTextException();
    }
  }
}
