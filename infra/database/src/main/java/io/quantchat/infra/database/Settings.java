package io.quantchat.infra.database;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a database behaves.
 *
 * @param clock by which items expire and request tokens are forgotten
 * @param faults what goes wrong
 * @param reaping how long after its time an expired item is deleted; empty for never
 */
public record Settings(Clock clock, Faults faults, Optional<Duration> reaping) {

  /** The system's clock, nothing goes wrong, and what expires is deleted soon. */
  public static final Settings DEFAULT =
      new Settings(Clock.systemUTC(), Faults.NONE, Optional.of(Duration.ZERO));

  public Settings withClock(Clock other) {
    return new Settings(other, faults, reaping);
  }

  public Settings withFaults(Faults others) {
    return new Settings(clock, others, reaping);
  }

  /**
   * @param lateness how long after its time an expired item is deleted; empty for never
   */
  public Settings withReaping(Optional<Duration> lateness) {
    return new Settings(clock, faults, lateness);
  }
}
