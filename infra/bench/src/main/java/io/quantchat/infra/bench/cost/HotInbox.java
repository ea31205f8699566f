package io.quantchat.infra.bench.cost;

import java.util.SplittableRandom;

/**
 * One inbox that many write to, second by second. An inbox is one partition key. DynamoDB may split
 * a busy key's items by sort key, but sort keys here are UUIDv7: all that arrives lies behind all
 * that is there, so every put, and a moment later its delete, falls on the last part however often
 * it is split. So a shard of the inbox is one partition here.
 *
 * @param messagesAMinute that senders offer, at random times
 * @param shards partition keys that the inbox is spread over, at random
 * @param putUnits write units of storing one message
 * @param deleteUnits write units of its acknowledgement
 * @param burstSeconds how many seconds' unused units a partition saves up; AWS says up to 300, and
 *     promises none
 */
record HotInbox(
    double messagesAMinute, int shards, double putUnits, double deleteUnits, int burstSeconds) {

  /** Write units a second of one partition (DynamoDB Developer Guide). */
  static final double PARTITION_UNITS = 1_000;

  private static final int SECONDS = 600;

  /** A client acknowledges so many seconds after the put. */
  private static final int ACKNOWLEDGED_AFTER = 2;

  /**
   * What ten minutes brought.
   *
   * @param offered messages that senders sent
   * @param throttled those whose put was refused; a sender would have to try again
   * @param latestDeletes deletes that were still throttled at the end
   */
  record Outcome(long offered, long throttled, long latestDeletes) {

    double throttledShare() {
      return offered == 0 ? 0 : (double) throttled / offered;
    }
  }

  /** The rate at which one partition is full, in messages a minute. */
  static double mostAMinute(double putUnits, double deleteUnits) {
    return PARTITION_UNITS / (putUnits + deleteUnits) * 60;
  }

  /** Ten minutes of it; the same every time. */
  Outcome simulate() {
    SplittableRandom random = new SplittableRandom(1);
    var partitions = new Partition[shards];
    for (int shard = 0; shard < shards; shard++) {
      partitions[shard] = new Partition();
    }
    long offered = 0;
    long throttled = 0;
    for (int second = 0; second < SECONDS; second++) {
      int[] arrivals = new int[shards];
      for (int message = arrivalsIn(random); message > 0; message--) {
        arrivals[random.nextInt(shards)]++;
        offered++;
      }
      for (int shard = 0; shard < shards; shard++) {
        throttled += partitions[shard].second(second, arrivals[shard]);
      }
    }
    long waiting = 0;
    for (Partition partition : partitions) {
      waiting += partition.dueDeletes;
    }
    return new Outcome(offered, throttled, waiting);
  }

  /** A second's messages: as many as of so many who write without regard to one another. */
  private int arrivalsIn(SplittableRandom random) {
    double average = messagesAMinute / 60;
    // Poisson's distribution, which is the normal one where the average is large.
    return (int) Math.max(0, Math.round(random.nextGaussian(average, Math.sqrt(average))));
  }

  private final class Partition {

    private final int[] stored = new int[SECONDS];
    private double tokens = PARTITION_UNITS * burstSeconds;
    private int dueDeletes;

    /** Serves puts and deletes in turn while there are units; gives the puts that got none. */
    int second(int second, int puts) {
      tokens = Math.min(tokens + PARTITION_UNITS, PARTITION_UNITS * Math.max(1, burstSeconds));
      if (second >= ACKNOWLEDGED_AFTER) {
        dueDeletes += stored[second - ACKNOWLEDGED_AFTER];
      }
      int left = puts;
      boolean served;
      do {
        served = false;
        if (left > 0 && take(putUnits)) {
          left--;
          stored[second]++;
          served = true;
        }
        if (dueDeletes > 0 && take(deleteUnits)) {
          dueDeletes--;
          served = true;
        }
      } while (served);
      return left;
    }

    private boolean take(double units) {
      if (tokens < units) {
        return false;
      }
      tokens -= units;
      return true;
    }
  }
}
