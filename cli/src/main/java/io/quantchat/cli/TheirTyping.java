package io.quantchat.cli;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows that the other side types, until they have stopped or haven't been heard of for long. */
final class TheirTyping {

  /** A program that was killed doesn't say that it has stopped typing. */
  private static final long LONGEST_SECONDS = 10;

  private final ScheduledExecutorService timer;

  /** When it was last said; 0 where they don't type. */
  private volatile long since;

  TheirTyping(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  void seen(ChatScreen screen) {
    long now = System.nanoTime();
    if (since == 0) {
      screen.typing(true);
    }
    since = now;
    var unused =
        timer.schedule(
            () -> {
              if (since == now) {
                stopped(screen);
              }
            },
            LONGEST_SECONDS,
            TimeUnit.SECONDS);
  }

  void stopped(ChatScreen screen) {
    if (since != 0) {
      since = 0;
      screen.typing(false);
    }
  }
}
