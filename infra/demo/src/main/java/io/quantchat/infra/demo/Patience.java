package io.quantchat.infra.demo;

import java.time.Duration;

/**
 * How long what must come may take. A machine that is slow differs in nothing; one that hangs does.
 */
final class Patience {

  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private Patience() {}

  /** Something that is so, or not yet. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Difference;
  }

  /** Returns once what was there is gone. */
  static void untilGone(String expected, Condition condition) throws Difference {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new Difference(expected, "it is there still");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the server", e);
    }
  }
}
