package io.quantchat.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What one run may still do: so many rows, and no longer than so long. */
final class Allowance {

  /** There is no more of it: the next run goes on. */
  static final class SpentException extends Exception {
    private SpentException() {
      super("This run has done what one may", null, false, false);
    }
  }

  private final Clock clock;
  private final Instant end;
  private int left;

  /** So much, from now on. */
  Allowance(int rows, Duration time, Clock clock) {
    this.left = rows;
    this.end = clock.instant().plus(time);
    this.clock = clock;
  }

  /**
   * Spends it on work that is about to be done.
   *
   * @throws SpentException if there is none left; the work isn't to be done then
   */
  void spend(int rows) throws SpentException {
    if (left <= 0 || clock.instant().isAfter(end)) {
      throw new SpentException();
    }
    left -= Math.max(1, rows);
  }
}
