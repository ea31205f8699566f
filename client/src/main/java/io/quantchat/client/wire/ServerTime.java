package io.quantchat.client.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What time it is by the server: what its last answer said ({@code Date}, RFC 9110 §6.6.1), and
 * what has passed since. The clock here has no part in it.
 */
public final class ServerTime {

  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private final LongSupplier nanos;
  private volatile boolean heard;
  private volatile Optional<Said> last = Optional.empty();

  /**
   * @param nanos time that passes, from anywhere on
   */
  public ServerTime(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether there was any answer. */
  public boolean isHeard() {
    return heard;
  }

  /**
   * The server's time, to a second and the way of an answer; nothing where it hasn't said. What
   * passes while this computer sleeps isn't in it.
   */
  public Optional<Instant> now() {
    return last.map(said -> said.date().plusNanos(nanos.getAsLong() - said.nanos()));
  }

  /** There was an answer, with this date if there was one. */
  void heard(Optional<String> date) {
    date.flatMap(ServerTime::parse)
        // It is cut to the second.
        .map(time -> new Said(time.plus(HALF_A_SECOND), nanos.getAsLong()))
        .ifPresent(said -> last = Optional.of(said));
    heard = true;
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  private record Said(Instant date, long nanos) {}
}
