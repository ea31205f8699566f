package io.quantchat.cli.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * How long a key may stay in memory. It ends by the clock on the wall, which goes on while the
 * machine sleeps, or by the machine's own, which nobody can put back: by whichever is first.
 */
public final class Lease {

  private final Clock wall;
  private final LongSupplier nanoseconds;
  private final Duration length;
  private final Instant until;
  private final long began;

  /**
   * @param nanoseconds as of {@link System#nanoTime}
   */
  public Lease(Clock wall, LongSupplier nanoseconds, Duration length) {
    this.wall = wall;
    this.nanoseconds = nanoseconds;
    this.length = length;
    this.until = wall.instant().plus(length);
    this.began = nanoseconds.getAsLong();
  }

  public Instant until() {
    return until;
  }

  public boolean isOver() {
    return !wall.instant().isBefore(until) || nanoseconds.getAsLong() - began >= length.toNanos();
  }
}
