package io.quantchat.lives;

/** Nothing was asked, or what was asked was put off: nothing has changed. */
final class NotAskedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotAskedException() {
    super(null, null, false, false);
  }
}
