package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Pairs of people on a running server: messages of 1 kB that are stored, pushed, acknowledged and
 * deleted, or whatever the server does instead.
 */
public final class Load implements AutoCloseable {

  /** More messages than any machine relays in the longest run. */
  private static final int CAPACITY = 1 << 20;

  /**
   * What a server did in a time.
   *
   * @param messages that it relayed
   * @param seconds from the first send to the last answer
   * @param processor the processor time that it took, in milliseconds
   * @param load the processor time that sending and receiving took, in milliseconds
   */
  public record Relayed(long messages, double seconds, double processor, double load) {

    /** Messages a second. */
    public double rate() {
      return messages / seconds;
    }

    /** Milliseconds of processor time for each message. */
    public double processorEach() {
      return processor / Math.max(1, messages);
    }

    /** The part of both processor times that is the load's own. */
    public double loadShare() {
      return load / Math.max(1, load + processor);
    }
  }

  private final long process;
  private final MessageLog log;
  private final Pairs pairs;

  private Load(long process, MessageLog log, Pairs pairs) {
    this.process = process;
    this.log = log;
    this.pairs = pairs;
  }

  /** Registers these pairs and connects them. */
  public static Load meet(Endpoint instance, int pairs) throws IOException {
    return meet(new RelayService(instance, 0, () -> {}), pairs);
  }

  /** Connects these pairs. */
  public static Load meet(Service service, int pairs) throws IOException {
    var log = new MessageLog(CAPACITY);
    return new Load(service.process(), log, service.meet(pairs, log, new SplittableRandom()));
  }

  /**
   * Sends for a time, each as fast as it is answered, and waits until all has arrived and is
   * deleted.
   *
   * @throws IllegalStateException if a message was refused or didn't arrive
   */
  public Relayed during(Duration time) {
    int first = log.size();
    Relayed relayed = asFastAsAnswered(time);
    int sent = log.size() - first;
    if (relayed.messages() != sent) {
      throw new IllegalStateException(
          "Of %d messages only %d were relayed.".formatted(sent, relayed.messages()));
    }
    return relayed;
  }

  /**
   * Sends for a time, each as fast as it is answered, and waits until all has arrived and is
   * deleted. What was refused or lost is in the {@link #fate}.
   */
  public Relayed asFastAsAnswered(Duration time) {
    int first = log.size();
    double before = ProcessUse.processor(process);
    double ownBefore = ProcessUse.own();
    long began = System.nanoTime();
    pairs.sendUntil(began + time.toNanos());
    double seconds = (System.nanoTime() - began) / 1e9;
    pairs.drain(first);
    return new Relayed(
        log.delivered(first, log.size()),
        seconds,
        ProcessUse.processor(process) - before,
        ProcessUse.own() - ownBefore);
  }

  /**
   * Sends on a schedule for a time. A message that is late because the one before wasn't answered
   * counts from when it was due.
   *
   * @param perSecond messages a second, of all together
   */
  public Latencies atRate(double perSecond, Duration time) {
    int first = log.size();
    pairs.sendAtRate(perSecond, time);
    pairs.drain(first);
    return Latencies.of(log.latencies(first, log.size()));
  }

  /** What became of all messages so far; looks for those that didn't come over the socket. */
  public MessageLog.Fate fate() throws IOException {
    pairs.countPending();
    return log.fate();
  }

  @Override
  public void close() throws IOException {
    pairs.close();
  }
}
