package io.quantchat.cli;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Messages of which it isn't known what becomes of them. */
final class Unsettled {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<UUID> waiting = new HashSet<>();

  /** Until the release, what is settled elsewhere waits: it may not have been added yet. */
  void hold() {
    lock.lock();
  }

  void release() {
    lock.unlock();
  }

  void add(UUID messageId) {
    lock.lock();
    try {
      waiting.add(messageId);
    } finally {
      lock.unlock();
    }
  }

  /** A message goes on under another id. */
  void replace(UUID messageId, UUID by) {
    lock.lock();
    try {
      if (waiting.remove(messageId)) {
        waiting.add(by);
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(UUID messageId) {
    lock.lock();
    try {
      waiting.remove(messageId);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing is unsettled.
   *
   * @return whether that came
   */
  boolean await(Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!waiting.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return waiting.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
