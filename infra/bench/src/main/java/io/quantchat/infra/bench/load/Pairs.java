package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Pairs of a sender and a recipient who is online. */
public final class Pairs implements AutoCloseable {

  /** Looks for what is still kept for the recipients, and notes it in the log. */
  @FunctionalInterface
  public interface Leftovers {
    /** How much there is. */
    int count() throws IOException;
  }

  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

  private final MessageLog log;
  private final List<Line> lines;
  private final Senders senders;
  private final List<Receiver> recipients;
  private final Leftovers leftovers;

  /**
   * @param lines each leads to the recipient of the same place
   */
  public Pairs(MessageLog log, List<Line> lines, List<Receiver> recipients, Leftovers leftovers) {
    this.log = log;
    this.lines = List.copyOf(lines);
    this.senders = new Senders(lines, log);
    this.recipients = List.copyOf(recipients);
    this.leftovers = leftovers;
  }

  /** All send at once, each as fast as answers come. Returns when each has its last answer. */
  void sendUntil(long deadline) {
    senders.each((sender, index) -> sender.sendUntil(deadline));
  }

  /** All together send so many a second, evenly spread. */
  void sendAtRate(double perSecond, Duration time) {
    long apart = (long) (1e9 / perSecond);
    long first = System.nanoTime() + apart;
    long deadline = first + time.toNanos();
    senders.each(
        (sender, index) ->
            sender.sendEvery(first + index * apart, apart * senders.count(), deadline));
  }

  /** Waits until what was sent since has arrived and is deleted, but no longer than it may take. */
  void drain(int since) {
    long deadline = System.nanoTime() + LONGEST_DRAIN.toNanos();
    await(deadline, () -> log.allDelivered(since, log.size()));
    recipients.forEach(Receiver::flush);
    await(deadline, () -> recipients.stream().allMatch(Receiver::isSettled));
  }

  private static void await(long deadline, BooleanSupplier condition) {
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  int countPending() throws IOException {
    return leftovers.count();
  }

  @Override
  public void close() throws IOException {
    for (Line line : lines) {
      line.close();
    }
    for (Receiver recipient : recipients) {
      recipient.close();
    }
  }
}
