package io.quantchat.infra.bench.relay;

import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Pairs of people on a running instance, each sender as fast as it is answered: messages of 1 kB
 * that are stored, pushed, acknowledged and deleted.
 */
public final class Load implements AutoCloseable {

  /** More messages than any machine relays in the longest run. */
  private static final int CAPACITY = 1 << 20;

  /**
   * What an instance did in a time.
   *
   * @param messages that it relayed
   * @param seconds from the first send to the last answer
   * @param processor the processor time that it took, in milliseconds
   */
  public record Relayed(long messages, double seconds, double processor) {

    /** Messages a second. */
    public double rate() {
      return messages / seconds;
    }

    /** Milliseconds of processor time for each message. */
    public double processorEach() {
      return processor / Math.max(1, messages);
    }
  }

  private final RunningInstance instance;
  private final MessageLog log;
  private final Pairs pairs;

  private Load(RunningInstance instance, MessageLog log, Pairs pairs) {
    this.instance = instance;
    this.log = log;
    this.pairs = pairs;
  }

  /** Registers these pairs and connects them. */
  public static Load meet(RunningInstance instance, int pairs) throws IOException {
    var random = new SplittableRandom();
    var log = new MessageLog(CAPACITY);
    return new Load(
        instance, log, Pairs.meet(instance, pairs, log, new MessageIds(random.nextInt()), random));
  }

  /**
   * Sends for a time, and waits until all has arrived and is deleted.
   *
   * @throws IllegalStateException if a message was refused or didn't arrive
   */
  public Relayed during(Duration time) {
    int first = log.size();
    Duration before = processorTime();
    long began = System.nanoTime();
    pairs.sendUntil(began + time.toNanos());
    double seconds = (System.nanoTime() - began) / 1e9;
    pairs.drain(first);
    double processor = processorTime().minus(before).toNanos() / 1e6;
    int sent = log.size() - first;
    long relayed = log.delivered(first, log.size());
    if (relayed != sent) {
      throw new IllegalStateException(
          "Of %d messages only %d were relayed.".formatted(sent, relayed));
    }
    return new Relayed(relayed, seconds, processor);
  }

  private Duration processorTime() {
    return ProcessHandle.of(instance.process())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    pairs.close();
  }
}
