package io.quantchat.crypto;

import java.time.Instant;
import java.util.UUID;

/**
 * What an account signs once for a whole batch of one-time prekeys.
 *
 * @param created milliseconds
 * @param size how many prekeys, 1 to {@value #MOST}
 * @param root of the hash tree over them, 32 bytes
 */
public record BatchStatement(UUID userId, UUID batchId, Instant created, int size, byte[] root) {

  /** Prekeys of one batch. */
  public static final int MOST = 128;

  static final String LABEL = "QuantChat-prekeys-v1";

  /**
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public BatchStatement {
    WireTime.requireMilliseconds(created);
    RefusedException.requireSize("count", size, 1, MOST);
    RefusedException.requireSize("root", root.length, Hash.SIZE);
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
