package io.quantchat.infra.bench.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** The fate of every message of a run, by its number. Times are {@link System#nanoTime}. */
public final class MessageLog {

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLongArray intendedAt;
  private final AtomicLongArray arrivedAt;
  private final AtomicIntegerArray status;
  private final AtomicIntegerArray copies;
  private final AtomicIntegerArray stored;

  public MessageLog(int capacity) {
    intendedAt = new AtomicLongArray(capacity);
    arrivedAt = new AtomicLongArray(capacity);
    status = new AtomicIntegerArray(capacity);
    copies = new AtomicIntegerArray(capacity);
    stored = new AtomicIntegerArray(capacity);
  }

  /**
   * A number for a message.
   *
   * @param intended when it was meant to be sent
   */
  int begin(long intended) {
    int number = next.getAndIncrement();
    intendedAt.set(number, intended);
    return number;
  }

  /** The send was answered. */
  void answered(int number, int httpStatus) {
    status.set(number, httpStatus);
  }

  /** The message came over the recipient's socket. */
  public void arrived(int number, long at) {
    if (copies.getAndIncrement(number) == 0) {
      arrivedAt.set(number, at);
    }
  }

  /** The message was still pending when all was over. */
  void foundPending(int number) {
    stored.set(number, 1);
  }

  /** How many messages there are so far. */
  public int size() {
    return next.get();
  }

  boolean isFull() {
    return next.get() >= intendedAt.length() - 1024;
  }

  /** Messages of a range that were answered 2xx. */
  IntStream accepted(int from, int to) {
    return IntStream.range(from, to).filter(number -> status.get(number) / 100 == 2);
  }

  /** How many of a range were answered 2xx and have come over the socket. */
  long delivered(int from, int to) {
    return accepted(from, to).filter(number -> copies.get(number) > 0).count();
  }

  boolean allDelivered(int from, int to) {
    return accepted(from, to).allMatch(number -> copies.get(number) > 0);
  }

  /** Nanoseconds from the intended send to the arrival, of those of a range that arrived. */
  long[] latencies(int from, int to) {
    return accepted(from, to)
        .filter(number -> copies.get(number) > 0)
        .mapToLong(number -> arrivedAt.get(number) - intendedAt.get(number))
        .toArray();
  }

  /** The fate of all. */
  public Fate fate() {
    int all = size();
    long accepted = accepted(0, all).count();
    return new Fate(
        accepted,
        all - accepted,
        delivered(0, all),
        accepted(0, all).filter(n -> copies.get(n) == 0 && stored.get(n) == 1).count(),
        accepted(0, all).filter(n -> copies.get(n) == 0 && stored.get(n) == 0).count(),
        IntStream.range(0, all).mapToLong(n -> Math.max(0, copies.get(n) - 1)).sum());
  }

  /**
   * What became of messages.
   *
   * @param sent answered 2xx
   * @param refused answered otherwise, or not at all
   * @param delivered of those sent, came over the recipient's socket
   * @param pendingOnly of those sent, did not, but can be fetched
   * @param lost of those sent, neither
   * @param duplicated copies beyond the first
   */
  public record Fate(
      long sent, long refused, long delivered, long pendingOnly, long lost, long duplicated) {}
}
