package io.quantchat.infra.local.socket;

import java.time.Duration;

/** The time in which sockets grow idle and old, and what is due in it. */
interface Timers extends AutoCloseable {

  /** One thing that is due. */
  interface Timer {

    /** It won't run, unless it runs already. */
    void cancel();
  }

  /** Good for differences alone, as {@link System#nanoTime} is. */
  long nanoTime();

  /** Runs the task once, this much later; never if this is closed before. */
  Timer after(Duration delay, Runnable task);

  @Override
  void close();
}
