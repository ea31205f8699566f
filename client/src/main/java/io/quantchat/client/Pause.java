package io.quantchat.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A while to wait, by the time that passes and not by a clock that may jump.
 *
 * @param nanos the time that passes
 * @param end when it is over, by that
 */
record Pause(LongSupplier nanos, long end) {

  /** None at all. */
  static final Pause OVER = new Pause(() -> 0, 0);

  static Pause of(Duration length, LongSupplier nanos) {
    return new Pause(nanos, nanos.getAsLong() + length.toNanos());
  }

  boolean isOver() {
    return end - nanos.getAsLong() <= 0;
  }

  /** What is left of it; zero where it is over. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
  }
}
