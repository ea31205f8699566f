package io.quantchat.infra.demo;

import java.time.Instant;
import java.util.UUID;

/** Ids of messages. */
public final class TimeOrderedId {

  private TimeOrderedId() {}

  /** One of this moment, RFC 9562 §5.7. */
  public static UUID next() {
    UUID random = UUID.randomUUID();
    long time = Instant.now().toEpochMilli() << 16;
    long rest = 0x7000L | (random.getMostSignificantBits() & 0xFFFL);
    return new UUID(time | rest, random.getLeastSignificantBits());
  }
}
