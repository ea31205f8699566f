package io.quantchat.client;

import io.quantchat.client.store.Argon2Cost;
import io.quantchat.crypto.Capabilities;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * All that a client is given besides its store: time, randomness, patience.
 *
 * @param nanos time that passes, whatever the clock says
 * @param capabilities what this program says in its bundles that it can
 * @param batchSize one-time prekeys of a batch, at most 128
 * @param steps is told each step before the next
 */
record Surroundings(
    Clock clock,
    LongSupplier nanos,
    SecureRandom random,
    Argon2Cost passphraseCost,
    Backoff.Bounds backoff,
    Waits waits,
    Capabilities capabilities,
    int batchSize,
    Consumer<Step> steps) {

  static Surroundings real() {
    return new Surroundings(
        Clock.systemUTC(),
        System::nanoTime,
        new SecureRandom(),
        Argon2Cost.RECOMMENDED,
        Backoff.DEFAULT,
        Waits.DEFAULT,
        Capabilities.ofThisProgram(),
        100,
        step -> {});
  }

  /**
   * How long things may take.
   *
   * @param connect until a connection, or a socket, is open
   * @param call until a request is answered; the server's own time-out is 29 s, and nobody waits
   *     that long
   * @param frame until a frame is answered
   * @param heartbeat how often an open socket is tried
   */
  record Waits(Duration connect, Duration call, Duration frame, Duration heartbeat) {

    static final Waits DEFAULT =
        new Waits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMinutes(4));
  }

  /** In whole milliseconds, as times travel. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A while to wait from now on. */
  Pause pause(Duration length) {
    return Pause.of(length, nanos);
  }

  void at(Step step) {
    steps.accept(step);
  }
}
