package io.quantchat.host;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the same is tried again, and how often: twice as long each time, up to a
 * longest, of which chance takes up to all away ("full jitter", AWS Architecture Blog, "Exponential
 * Backoff And Jitter"), so that those who collided once don't collide again.
 *
 * @param sleeper does the waiting
 * @param jitter decides how much of each wait is waited
 */
public record Backoff(Sleeper sleeper, RandomGenerator jitter) {

  /** Tries in all, of which the first waits for nothing. */
  public static final int MOST_TRIES = 8;

  /** All waits of one work together take no longer, and half of it on average. */
  public static final Duration LONGEST_IN_ALL = Duration.ofMillis(2_375);

  private static final Duration FIRST = Duration.ofMillis(25);
  private static final Duration LONGEST = Duration.ofMillis(800);

  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {

    /** Waits so long, or until the thread is interrupted, which it then still is. */
    void sleep(Duration wait);
  }

  /** Waits by this machine's own clock. */
  public static Backoff onThisMachine(RandomGenerator jitter) {
    return new Backoff(Backoff::sleepHere, jitter);
  }

  /**
   * Waits after a try that failed, if there is to be another.
   *
   * @param tries how many there were, this one included
   * @return whether to try again: not after the last try, nor once the thread is interrupted
   */
  boolean waitsAfter(int tries) {
    if (tries >= MOST_TRIES) {
      return false;
    }
    long most = Math.min(FIRST.toNanos() << (tries - 1), LONGEST.toNanos());
    sleeper.sleep(Duration.ofNanos(jitter.nextLong(most + 1)));
    return !Thread.currentThread().isInterrupted();
  }

  private static void sleepHere(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }
}
