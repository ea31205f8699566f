package io.quantchat.cli.agent;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Messages that were written here and of which it isn't known what became of them. */
final class InFlight {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<UUID, Entry> entries = new HashMap<>();

  private record Entry(UUID contactId, ChatListener writer) {}

  /**
   * Writes a message; what becomes of it is heard of only when that has returned.
   *
   * @param told is told of the message if it is new here
   */
  Message write(Supplier<Message> writing, ChatListener writer, ChatListener told) {
    lock.lock();
    try {
      Message message = writing.get();
      boolean isOut = message.state() == MessageState.SENDING;
      if (isOut
          && entries.putIfAbsent(message.id(), new Entry(message.contactId(), writer)) == null) {
        told.written(message);
      }
      return message;
    } finally {
      lock.unlock();
    }
  }

  void settled(UUID messageId) {
    change(() -> entries.remove(messageId));
  }

  /** With a message wait all later ones to the same contact. */
  void held(UUID contactId) {
    change(() -> entries.values().removeIf(entry -> entry.contactId().equals(contactId)));
  }

  /** A message goes on under another id. */
  void renamed(UUID before, UUID after) {
    change(
        () -> {
          Entry entry = entries.remove(before);
          if (entry != null) {
            entries.put(after, entry);
          }
        });
  }

  /**
   * Waits for a message that is just being written; and who waits for one looks whether it may come
   * yet.
   */
  void look() {
    change(() -> {});
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isAny(ChatListener writer) {
    lock.lock();
    try {
      return entries.values().stream().anyMatch(entry -> entry.writer().equals(writer));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing of a writer's is in flight, or that is no use any more, or so long. */
  void await(ChatListener writer, BooleanSupplier isOfUse, Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (left > 0 && isOfUse.getAsBoolean() && isAny(writer)) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
