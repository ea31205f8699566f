package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.load.Idle;
import io.quantchat.infra.bench.load.Queue;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured of one subject, a figure for each round.
 *
 * @param failures what could not be measured, and why, a sentence each
 */
record Series(
    String name,
    List<Loaded> loaded,
    List<Idle> idle,
    List<Queue> queues,
    List<Opening> openings,
    List<Puts> puts,
    List<String> failures) {

  static Series of(String name) {
    return new Series(
        name,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Messages that a server took and neither delivered nor kept. */
  long lost() {
    return loaded.stream().mapToLong(each -> each.fate().lost()).sum()
        + queues.stream().mapToLong(Queue::lost).sum();
  }

  /** Whether all was measured, and no message lost. */
  boolean isSound() {
    return lost() == 0 && failures.isEmpty();
  }
}
