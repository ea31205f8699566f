package io.quantchat.client.model;

import io.quantchat.crypto.Utf8Text;

/**
 * A text holds half of a surrogate pair, which is no character: there is no UTF-8 of it, and
 * whoever read it would read something else than was written.
 */
public final class BrokenTextException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private BrokenTextException() {
    super("The text holds half of a character, such as a part of an emoji: write it again.");
  }

  /**
   * The text itself, as long as it is one.
   *
   * @throws BrokenTextException otherwise
   */
  public static String requireWhole(String text) {
    if (!Utf8Text.isWhole(text)) {
      throw new BrokenTextException();
    }
    return text;
  }
}
