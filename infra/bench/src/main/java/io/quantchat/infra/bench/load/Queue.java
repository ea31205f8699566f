package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What waited for somebody who was away. Times are seconds.
 *
 * @param messages that the server took
 * @param filling how long it took them, from several senders at once
 * @param drained messages that were there when they came back
 * @param draining how long they took to fetch all
 */
public record Queue(int messages, double filling, int drained, double draining) {

  /** Fills one and drains it. */
  public static Queue of(Service service, int senders, int messages, Duration longestFilling)
      throws IOException {
    try (Away away = service.away(senders, new SplittableRandom())) {
      MessageLog log = new MessageLog(messages + 2 * 1024);
      long began = System.nanoTime();
      long deadline = began + longestFilling.toNanos();
      new Senders(away.lines(), log).each((sender, index) -> sender.sendUntil(deadline, messages));
      double filling = (System.nanoTime() - began) / 1e9;
      int taken = (int) log.accepted(0, log.size()).count();
      long back = System.nanoTime();
      int drained = away.drain(taken);
      return new Queue(taken, filling, drained, (System.nanoTime() - back) / 1e9);
    }
  }

  /** Messages that were kept a second. */
  public double kept() {
    return messages / filling;
  }

  /** Messages that were handed over a second. */
  public double handedOver() {
    return drained / draining;
  }

  /** Messages that the server took and didn't hand over. */
  public int lost() {
    return Math.max(0, messages - drained);
  }
}
