package io.quantchat.infra.database;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Faults that befall the requests for which they are lined up, and no other. */
public final class ScriptedFaults implements Faults {

  private final Map<String, Queue<Set<Fault>>> next = new ConcurrentHashMap<>();

  ScriptedFaults() {}

  /**
   * Lines a fault up.
   *
   * @param operation such as {@code PutItem}; the next request of it for which none is lined up yet
   *     meets this
   */
  public ScriptedFaults then(String operation, Fault fault) {
    return line(operation, Set.of(fault));
  }

  /** Lines up a request that goes well. */
  public ScriptedFaults thenNone(String operation) {
    return line(operation, Set.of());
  }

  /** Whether all that was lined up has befallen a request. */
  public synchronized boolean isOver() {
    return next.values().stream().allMatch(Queue::isEmpty);
  }

  @Override
  public synchronized Set<Fault> befalling(String operation, RandomGenerator random) {
    Queue<Set<Fault>> line = next.get(operation);
    return line == null || line.isEmpty() ? Set.of() : line.remove();
  }

  private synchronized ScriptedFaults line(String operation, Set<Fault> faults) {
    next.computeIfAbsent(operation, _ -> new ArrayDeque<>()).add(faults);
    return this;
  }
}
