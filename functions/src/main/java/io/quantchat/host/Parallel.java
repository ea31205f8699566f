package io.quantchat.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/** Round trips that don't wait for each other, each on a virtual thread. */
public final class Parallel {

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private Parallel() {}

  /** Starts a task; {@link #await} gives its result. */
  public static <T> Future<T> start(Supplier<T> task) {
    return THREADS.submit(task::get);
  }

  /** The result of a started task; what the task threw is thrown here. */
  public static <T> T await(Future<T> task) {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CompletionException(interrupted);
    }
  }

  /** Applies a function to each value at once; results in the values' order. */
  public static <A, B> List<B> map(Collection<A> values, Function<A, B> function) {
    if (values.size() == 1) {
      return List.of(function.apply(values.iterator().next()));
    }
    var tasks = new ArrayList<Future<B>>(values.size());
    for (A value : values) {
      tasks.add(start(() -> function.apply(value)));
    }
    var results = new ArrayList<B>(values.size());
    for (Future<B> task : tasks) {
      results.add(await(task));
    }
    return results;
  }
}
