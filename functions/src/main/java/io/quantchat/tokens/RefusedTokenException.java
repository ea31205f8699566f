package io.quantchat.tokens;

/** An access token that isn't good. The message is for who showed it, and says what to do. */
public final class RefusedTokenException extends RuntimeException {

  private RefusedTokenException(String message) {
    super(message, null, false, false);
  }

  static RefusedTokenException expired() {
    return new RefusedTokenException("The access token has expired: refresh it, or log in again.");
  }

  static RefusedTokenException notValid() {
    return new RefusedTokenException("The access token is not valid: log in again.");
  }
}
