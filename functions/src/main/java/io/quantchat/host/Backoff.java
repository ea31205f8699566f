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
    sleeper.sleep(pauseAfter(tries, FIRST, LONGEST));
    return !Thread.currentThread().isInterrupted();
  }

  /**
   * How long to wait after a try that failed, where work has bounds of its own. Nothing is waited.
   *
   * @param tries how many there were, this one included
   * @param first the most after the first try
   * @param longest the most after any
   */
  public Duration pauseAfter(int tries, Duration first, Duration longest) {
    long most = first.toNanos();
    for (int i = 1; i < tries && most < longest.toNanos(); i++) {
      most *= 2;
    }
    return Duration.ofNanos(jitter.nextLong(Math.min(most, longest.toNanos()) + 1));
  }

  private static void sleepHere(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }
}
