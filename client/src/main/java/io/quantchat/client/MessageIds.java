package io.quantchat.client;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Mints UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random ones. Within a millisecond
 * the next is the last one plus one (§6.2, method 2), so ids sort as they were minted.
 */
final class MessageIds {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_LOW = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final int RANDOM_HIGH = 0xFFF;

  private final SecureRandom random;
  private long lastMillis = -1;
  private int high;
  private long low;

  MessageIds(SecureRandom random) {
    this.random = random;
  }

  synchronized UUID next(Instant now) {
    if (now.toEpochMilli() > lastMillis) {
      lastMillis = now.toEpochMilli();
      // The highest bit is left free, for the ids that follow.
      high = random.nextInt(RANDOM_HIGH + 1) >>> 1;
      low = random.nextLong() & RANDOM_LOW;
    } else {
      low = low + 1 & RANDOM_LOW;
      high += low == 0 ? 1 : 0;
    }
    return new UUID(lastMillis << 16 | VERSION | high, VARIANT | low);
  }
}
