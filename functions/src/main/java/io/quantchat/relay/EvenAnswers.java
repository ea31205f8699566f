package io.quantchat.relay;

import java.time.Duration;

/**
 * Keeps what a send takes from telling whether its recipient is online. Pushes are waited for,
 * since on Lambda nothing runs once a request is answered; so a send takes longer to somebody who
 * has sockets. Two who have each other see each other's presence anyway; whom the recipient hasn't
 * added is answered no sooner than after a time that nearly all pushes are done within. A push that
 * takes longer can be told from none.
 */
final class EvenAnswers {

  /** Time that passes. */
  interface Ticks {

    /** Nanoseconds since some time. */
    long nanos();

    /** Lets so much time pass. */
    void pass(Duration time) throws InterruptedException;

    /** Of this machine. */
    Ticks OF_THIS_MACHINE =
        new Ticks() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void pass(Duration time) throws InterruptedException {
            Thread.sleep(time);
          }
        };
  }

  private final Duration least;
  private final Ticks ticks;

  /** Answers that take so long at least; not held at all if that is zero. */
  EvenAnswers(Duration least, Ticks ticks) {
    this.least = least;
    this.ticks = ticks;
  }

  /** When a send begins, for {@link #hold}. */
  long begin() {
    return ticks.nanos();
  }

  /** Lets the time pass that is left since a send has begun. */
  void hold(long begun) {
    Duration left = least.minusNanos(ticks.nanos() - begun);
    if (!left.isPositive()) {
      return;
    }
    try {
      ticks.pass(left);
    } catch (InterruptedException givenUp) {
      // The message is stored, and the answer must say so.
      Thread.currentThread().interrupt();
    }
  }
}
