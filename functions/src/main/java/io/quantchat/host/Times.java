package io.quantchat.host;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as they go out: RFC 3339, UTC, milliseconds and {@code Z}, always 24 characters. */
public final class Times {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  /** Such as {@code 2026-02-02T10:00:00.123Z}. */
  public static String format(Instant time) {
    return MILLISECONDS.format(time);
  }

  /** The time cut to what {@link #format} can show and the tables can hold. */
  public static Instant toMilliseconds(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Epoch seconds not before the time: what a TTL attribute holds, so that nothing is reaped early.
   */
  public static long ceilingSeconds(Instant time) {
    return time.getNano() == 0 ? time.getEpochSecond() : time.getEpochSecond() + 1;
  }
}
