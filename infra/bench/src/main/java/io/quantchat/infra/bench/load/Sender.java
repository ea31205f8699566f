package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;

/**
 * One who sends to one recipient.
 *
 * @param log is told of every message
 */
record Sender(Line line, MessageLog log) {

  /** Sends one after the other, each when the one before is answered, until then; one at least. */
  void sendUntil(long deadline) {
    do {
      send(System.nanoTime());
    } while (System.nanoTime() < deadline && !log.isFull());
  }

  /**
   * Sends on a schedule, whatever the server does: one that is late because the one before wasn't
   * answered counts from when it was due.
   */
  void sendEvery(long first, long interval, long deadline) {
    for (long due = first; due < deadline && !log.isFull(); due += interval) {
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      send(due);
    }
  }

  /** Sends as {@link #sendUntil}, but no longer than until there are so many messages in all. */
  void sendUntil(long deadline, int messages) {
    while (System.nanoTime() < deadline && log.size() < messages) {
      send(System.nanoTime());
    }
  }

  private void send(long intended) {
    int number = log.begin(intended);
    try {
      log.answered(number, line.send(number));
    } catch (IOException broken) {
      throw new UncheckedIOException("A sender's connection broke", broken);
    }
  }
}
