package io.quantchat.infra.local.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How many things took how long. */
final class Histogram {

  /** Upper bounds in seconds, from an answer without a disk to a function's last moment. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 29
  };

  private final LongAdder[] buckets =
      Stream.generate(LongAdder::new).limit(BOUNDS.length + 1).toArray(LongAdder[]::new);
  private final LongAdder nanos = new LongAdder();

  void record(Duration took) {
    int at = Arrays.binarySearch(BOUNDS, took.toNanos() / 1e9);
    // Bounds belong to what is below them.
    buckets[at < 0 ? -at - 1 : at].increment();
    nanos.add(took.toNanos());
  }

  void writeTo(Exposition.Family family, String... labels) {
    String[] withBound = Arrays.copyOf(labels, labels.length + 2);
    withBound[labels.length] = "le";
    long sofar = 0;
    for (int i = 0; i < buckets.length; i++) {
      sofar += buckets[i].sum();
      withBound[labels.length + 1] = i < BOUNDS.length ? Exposition.number(BOUNDS[i]) : "+Inf";
      family.sampleOf("_bucket", sofar, withBound);
    }
    family.sampleOf("_sum", nanos.sum() / 1e9, labels);
    family.sampleOf("_count", sofar, labels);
  }
}
