package io.quantchat.crypto;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;

/** Times on the wire: RFC 3339, UTC, milliseconds and {@code Z}, always 24 characters. */
final class WireTime {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
          .withZone(ZoneOffset.UTC)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final int LENGTH = 24;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private WireTime() {}

  static String format(Instant time) {
    return FORM.format(time);
  }

  /**
   * @throws RefusedException MALFORMED for every other spelling, and before 1970
   */
  static Instant parse(String field, String text) {
    try {
      Instant time = FORM.parse(text, Instant::from);
      RefusedException.require(
          text.length() == LENGTH && time.toEpochMilli() >= 0, Refusal.MALFORMED, field);
      return time;
    } catch (DateTimeException notATime) {
      throw new RefusedException(Refusal.MALFORMED, field);
    }
  }

  /** Refuses what can't be put on the wire as it is. */
  static void requireMilliseconds(Instant time) {
    if (!time.equals(time.truncatedTo(ChronoUnit.MILLIS))
        || time.isBefore(Instant.EPOCH)
        || time.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "Times are of whole milliseconds since 1970, before 10000");
    }
  }
}
