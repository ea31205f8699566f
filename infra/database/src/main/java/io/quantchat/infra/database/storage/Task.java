package io.quantchat.infra.database.storage;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * A change that waits for its group, with its outcome, which its caller learns when it is durable.
 */
final class Task<T> {

  /** The last one: behind it there are none. */
  static final Task<Void> END = new Task<>(group -> null);

  private final Function<Group, T> work;
  private final CountDownLatch answered = new CountDownLatch(1);
  private T result;
  private Throwable failure;

  Task(Function<Group, T> work) {
    this.work = work;
  }

  /** Whatever the change throws is its caller's. */
  void run(Group group) {
    try {
      result = work.apply(group);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** It hasn't happened after all, whatever it has computed. */
  void fail(StorageException e) {
    failure = e.again();
  }

  void answer() {
    answered.countDown();
  }

  /** Waits even if it is interrupted: who went away wouldn't know whether it has happened. */
  T await() {
    Uninterrupted.await(answered::await);
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return result;
  }
}
