package io.quantchat.client;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The one thread that everything happens on: what it does needs no locks. */
final class Worker implements AutoCloseable {

  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final Consumer<Throwable> onFailure;
  private final ScheduledExecutorService executor;
  private volatile Thread thread;

  Worker(Consumer<Throwable> onFailure) {
    this(onFailure, Worker::executor);
  }

  /**
   * @param executors makes the executor, of the one thread that the factory makes
   */
  Worker(
      Consumer<Throwable> onFailure, Function<ThreadFactory, ScheduledExecutorService> executors) {
    this.onFailure = onFailure;
    this.executor =
        executors.apply(
            task -> {
              thread = Thread.ofPlatform().daemon().name("quantchat").unstarted(task);
              return thread;
            });
  }

  private static ScheduledExecutorService executor(ThreadFactory threads) {
    var executor = new ScheduledThreadPoolExecutor(1, threads);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** Does something on the thread and waits for it; what it throws comes out here. */
  <T> T call(Supplier<T> work) {
    if (Thread.currentThread() == thread) {
      return work.get();
    }
    try {
      return executor.submit(work::get).get();
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("This client is closed: open it anew.", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }

  /** Does something there soon. After the end nothing is done any more. */
  void run(Runnable work) {
    after(Duration.ZERO, work);
  }

  /** Does something there later. */
  void after(Duration delay, Runnable work) {
    try {
      ScheduledFuture<?> unused =
          executor.schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ended) {
      // What was to be done is in the store, and done the next time.
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  /** Ends after what it is at. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
