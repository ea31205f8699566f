package io.quantchat.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Mints UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random ones. Within a millisecond
 * the next is the last one plus one (§6.2, method 2), and so it is after the clock went back, as
 * far as the relay takes such ids: it hands messages over in the order of their ids. A clock that
 * jumps is followed, for nothing else goes by that order.
 */
final class MessageIds {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_LOW = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final int RANDOM_HIGH = 0xFFF;

  /** The relay takes ids that are 5 minutes ahead of its clock. */
  private static final Duration AHEAD = Duration.ofMinutes(2);

  private final SecureRandom random;
  private long lastMillis = -1;
  private int high;
  private long low;

  MessageIds(SecureRandom random) {
    this.random = random;
  }

  /**
   * @param now by the clock here
   * @param serverNow by the server's, if that is known
   */
  synchronized UUID next(Instant now, Optional<Instant> serverNow) {
    long millis = now.toEpochMilli();
    boolean isFarAhead = lastMillis > serverNow.orElse(now).plus(AHEAD).toEpochMilli();
    if (millis > lastMillis || (millis < lastMillis && isFarAhead)) {
      lastMillis = millis;
      // The highest bit is left free, for the ids that follow.
      high = random.nextInt(RANDOM_HIGH + 1) >>> 1;
      low = random.nextLong() & RANDOM_LOW;
    } else {
      low = low + 1 & RANDOM_LOW;
      high += low == 0 ? 1 : 0;
    }
    return new UUID(lastMillis << 16 | VERSION | high, VARIANT | low);
  }

  /** When an id says that it was minted. */
  static Instant timeOf(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }

  /** Whether the relay hands the one over before the other. */
  static boolean isBefore(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high < 0
        || (high == 0
            && Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits())
                < 0);
  }
}
