package io.quantchat.infra.local.socket;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Time that stands still until a test lets it pass, so that no machine is too slow for it. */
final class MovableTimers implements Timers {

  private record Due(long at, long number, Runnable task) {}

  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private long now;
  private long numbers;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable task) {
    Due due = new Due(now + delay.toNanos(), numbers++, task);
    waiting.add(due);
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    waiting.remove(due);
  }

  /** Lets time pass and runs, each in its turn, what is due until then. */
  void pass(Duration time) {
    long until = nanoTime() + time.toNanos();
    for (Optional<Due> due = next(until); due.isPresent(); due = next(until)) {
      due.get().task().run();
    }
  }

  private synchronized Optional<Due> next(long until) {
    Due first = waiting.peek();
    if (first == null || first.at() > until) {
      now = until;
      return Optional.empty();
    }
    now = first.at();
    return Optional.of(waiting.remove());
  }

  @Override
  public synchronized void close() {
    waiting.clear();
  }
}
