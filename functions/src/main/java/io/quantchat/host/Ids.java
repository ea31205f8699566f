package io.quantchat.host;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** UUIDs in their canonical form: 36 characters, lower case (RFC 9562). */
public final class Ids {

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Ids() {}

  /** The canonical form of an id, or nothing where the text is none. */
  public static Optional<String> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return CANONICAL.matcher(lower).matches() ? Optional.of(lower) : Optional.empty();
  }

  /** A random id (version 4). */
  public static String random(RandomGenerator random) {
    return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, variant(random)).toString();
  }

  /**
   * An id that sorts by its time, to a quarter of a microsecond (version 7; RFC 9562 §6.2, method
   * 3): what one client sends in a row stays in a row.
   */
  public static String timeOrdered(Instant time, RandomGenerator random) {
    long nanos = time.getLong(ChronoField.NANO_OF_SECOND) % 1_000_000;
    long fraction = nanos * 0x1000 / 1_000_000;
    return new UUID((time.toEpochMilli() << 16) | 0x7000L | fraction, variant(random)).toString();
  }

  /** When a time-ordered id says it was made, or nothing where the id is of another version. */
  public static Optional<Instant> timeOf(String id) {
    UUID uuid = UUID.fromString(id);
    return uuid.version() == 7 && uuid.variant() == 2
        ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
        : Optional.empty();
  }

  /**
   * What every time-ordered id of this time, or of a later one, sorts behind; itself in an id's
   * form.
   */
  public static String justBefore(Instant time) {
    return new UUID((time.toEpochMilli() << 16) - 1, -1L).toString();
  }

  /** 62 random bits behind the variant's two. */
  private static long variant(RandomGenerator random) {
    return (random.nextLong() >>> 2) | Long.MIN_VALUE;
  }
}
