package io.quantchat.infra.local.socket;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs what waits for functions, each on a virtual thread of its own. Unlike an executor that is
 * shut down, it takes new work while it waits for the rest to end: a handshake that ends then has
 * its {@code $disconnect} run as well.
 */
final class Invocations {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int running;
  private boolean closed;

  /** False if it is closed and the task won't run. */
  boolean run(Runnable task) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      running++;
    } finally {
      lock.unlock();
    }
    threads.execute(
        () -> {
          try {
            task.run();
          } finally {
            ended();
          }
        });
    return true;
  }

  /** How many run. */
  int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing runs any more, but not longer than told; then interrupts what is left. */
  void close(Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (running > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      lock.unlock();
      var _ = threads.shutdownNow();
    }
  }

  private void ended() {
    lock.lock();
    try {
      running--;
      if (running == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
