package io.quantchat.limits;

import java.time.Instant;

/**
 * One window of a limit.
 *
 * @param number how many there were before, since 1970
 * @param end when the next one begins
 */
record Window(long number, Instant end) {

  /** The window that a time falls into. */
  static Window of(Limit limit, Instant time) {
    long length = limit.window().toMillis();
    long number = Math.floorDiv(time.toEpochMilli(), length);
    return new Window(number, Instant.ofEpochMilli((number + 1) * length));
  }
}
