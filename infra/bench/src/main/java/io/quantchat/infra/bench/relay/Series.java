package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.load.Idle;
import io.quantchat.infra.bench.load.Queue;
import java.util.ArrayList;
import java.util.List;

/** What was measured of one subject, a figure for each round. */
record Series(
    String name,
    List<Loaded> loaded,
    List<Idle> idle,
    List<Queue> queues,
    List<Opening> openings,
    List<Puts> puts) {

  static Series of(String name) {
    return new Series(
        name,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Messages that a server took and neither delivered nor kept; sockets that it closed. */
  long lost() {
    return loaded.stream().mapToLong(each -> each.fate().lost()).sum()
        + queues.stream().mapToLong(Queue::lost).sum();
  }
}
