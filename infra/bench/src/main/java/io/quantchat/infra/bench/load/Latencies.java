package io.quantchat.infra.bench.load;

import java.util.Arrays;

/**
 * Exact percentiles (nearest rank) in milliseconds; NaN where there is nothing to rank.
 *
 * @param count how many were measured
 */
public record Latencies(long count, double p50, double p95, double p99, double max) {

  static Latencies of(long[] nanoseconds) {
    long[] sorted = Arrays.stream(nanoseconds).sorted().toArray();
    return new Latencies(
        sorted.length, rank(sorted, 50), rank(sorted, 95), rank(sorted, 99), rank(sorted, 100));
  }

  private static double rank(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = Math.ceilDiv(sorted.length * percent, 100);
    return sorted[Math.max(1, rank) - 1] / 1e6;
  }
}
