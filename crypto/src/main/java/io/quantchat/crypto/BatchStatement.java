package io.quantchat.crypto;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private static final String COUNT = "count";
  private static final String ROOT = "root";

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

  /** As it goes out. */
  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(PrekeyBatch.USER_ID, userId.toString());
    map.put(PrekeyBatch.BATCH_ID, batchId.toString());
    map.put(PrekeyBatch.CREATED_AT, WireTime.format(created));
    map.put(COUNT, size);
    map.put(ROOT, Base64Text.encode(root));
    return map;
  }

  static BatchStatement from(WireFields fields, UUID userId) {
    return new BatchStatement(
        userId,
        fields.id(PrekeyBatch.BATCH_ID),
        fields.time(PrekeyBatch.CREATED_AT),
        smallNumber(fields, COUNT),
        fields.bytes(ROOT, Hash.SIZE));
  }

  /** A number within a batch. */
  static int smallNumber(WireFields fields, String name) {
    long number = fields.number(name);
    RefusedException.require(number <= MOST, Refusal.EXTENDED, name);
    return (int) number;
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
