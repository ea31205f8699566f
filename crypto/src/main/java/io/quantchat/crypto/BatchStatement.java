package io.quantchat.crypto;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The statement that an account signs once for a whole batch of one-time prekeys.
 *
 * @param created milliseconds
 * @param size how many prekeys, 1 to {@value #MOST}
 * @param root of the hash tree over them, 32 bytes
 */
public record BatchStatement(UUID userId, UUID batchId, Instant created, int size, byte[] root) {

  /** Prekeys of one batch. */
  public static final int MOST = 128;

  /** How long a batch's prekeys are handed out. */
  public static final Duration LIFE = Bundle.LONGEST_LIFE;

  /** How long who was handed a prekey may use it; its owner keeps it for as much longer. */
  public static final Duration LONGEST_USE = Duration.ofDays(7);

  static final String LABEL = "QuantChat-prekeys-v1";

  /**
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public BatchStatement {
    WireTime.requireMilliseconds(created);
    RefusedException.requireSize("count", size, 1, MOST);
    RefusedException.requireSize("root", root.length, Hash.SIZE);
  }

  /** A server that hands out what is long over must not be believed. */
  void requireUsable(Instant now, String field) {
    RefusedException.require(
        now.isBefore(created.plus(LIFE).plus(LONGEST_USE))
            && !created.isAfter(now.plus(SignedBundle.CLOCK_SKEW)),
        Refusal.EXPIRED_PREKEY,
        field);
  }

  Transcript transcript() {
    return new Transcript()
        .add(LABEL)
        .add(userId)
        .add(batchId)
        .add(created)
        .add((long) size)
        .add(root);
  }
}
