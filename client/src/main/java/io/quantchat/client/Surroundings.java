package io.quantchat.client;

import io.quantchat.client.store.Argon2Cost;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * What a client is given.
 *
 * @param answerWait how long an answer over the socket is awaited
 * @param heartbeat how often an open socket is tried
 * @param batchSize one-time prekeys of a batch, at most 128
 * @param steps is told each step before the next
 */
record Surroundings(
    Clock clock,
    SecureRandom random,
    Argon2Cost passphraseCost,
    Backoff.Bounds backoff,
    Duration answerWait,
    Duration heartbeat,
    int batchSize,
    Consumer<Step> steps) {

  static Surroundings real() {
    return new Surroundings(
        Clock.systemUTC(),
        new SecureRandom(),
        Argon2Cost.RECOMMENDED,
        Backoff.DEFAULT,
        Duration.ofSeconds(10),
        Duration.ofMinutes(4),
        100,
        step -> {});
  }

  /** In whole milliseconds, as times travel. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  void at(Step step) {
    steps.accept(step);
  }
}
