package io.quantchat.release;

import java.io.IOException;
import java.time.Duration;

/**
 * Lambda doesn't call a function at the moment, and did nothing: what a try some time later may
 * change.
 */
final class NotNowException extends IOException {

  private static final long serialVersionUID = 1;

  private final Duration atLeast;

  /**
   * @param atLeast how long Lambda asks to wait; zero where it doesn't say
   */
  NotNowException(String message, Duration atLeast) {
    super(message);
    this.atLeast = atLeast;
  }

  Duration atLeast() {
    return atLeast;
  }
}
