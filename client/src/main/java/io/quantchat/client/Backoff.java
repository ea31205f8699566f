package io.quantchat.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: a random part of a time that doubles, so that a thousand
 * clients of a server that is back don't come at once.
 */
final class Backoff {

  static final Bounds DEFAULT = new Bounds(Duration.ofMillis(500), Duration.ofSeconds(60));

  private static final int MOST_DOUBLINGS = 20;

  private final Bounds bounds;
  private final RandomGenerator random;
  private int failures;

  Backoff(Bounds bounds, RandomGenerator random) {
    this.bounds = bounds;
    this.random = random;
  }

  /** From half of the time to all of it; the next is twice as long. */
  Duration next() {
    long longest = Math.min(bounds.longest().toMillis(), bounds.first().toMillis() << failures);
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
    return Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1));
  }

  void reset() {
    failures = 0;
  }

  /** The first wait and the longest one. */
  record Bounds(Duration first, Duration longest) {}
}
