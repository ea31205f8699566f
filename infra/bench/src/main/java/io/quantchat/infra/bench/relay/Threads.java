package io.quantchat.infra.bench.relay;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** One task in several threads at once. */
final class Threads {

  private Threads() {}

  /**
   * Returns when each has ended.
   *
   * @throws IllegalStateException if one of them throws
   */
  static void run(int count, Runnable task) {
    try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
      List<? extends Future<?>> running =
          IntStream.range(0, count).mapToObj(i -> executor.submit(task)).toList();
      for (Future<?> each : running) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing rows", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A row could not be written", e.getCause());
    }
  }
}
