package io.quantchat.client;

import io.quantchat.client.model.ServerUnreachableException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: what the backoff says, and never less than was asked. */
final class Retries {

  private final Backoff backoff;
  private Duration asked = Duration.ZERO;

  Retries(Backoff.Bounds bounds, RandomGenerator random) {
    this.backoff = new Backoff(bounds, random);
  }

  /** A try has failed, and the server may have said when to come back. */
  void heed(ServerUnreachableException failure) {
    failure.retryAfter().filter(wait -> wait.compareTo(asked) > 0).ifPresent(wait -> asked = wait);
  }

  /** How long to wait now. */
  Duration next() {
    Duration own = backoff.next();
    Duration wait = own.compareTo(asked) > 0 ? own : asked;
    asked = Duration.ZERO;
    return wait;
  }

  /** A try has succeeded. */
  void reset() {
    asked = Duration.ZERO;
    backoff.reset();
  }
}
