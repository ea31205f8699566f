package io.quantchat.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes of single keystrokes what the other side is told: that somebody types, said again while
 * they do, and that they have stopped.
 */
final class TypingSignal {

  /** A pause so long is the end. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** Who types on is said to so often; each frame costs money. */
  static final Duration AGAIN = Duration.ofSeconds(4);

  private final ScheduledExecutorService timer;
  private final Consumer<Boolean> tell;
  private boolean typing;
  private long toldAt;
  private ScheduledFuture<?> end;

  TypingSignal(ScheduledExecutorService timer, Consumer<Boolean> tell) {
    this.timer = timer;
    this.tell = tell;
  }

  synchronized void keystroke() {
    long now = System.nanoTime();
    if (!typing || now - toldAt >= AGAIN.toNanos()) {
      typing = true;
      toldAt = now;
      tell.accept(true);
    }
    cancelEnd();
    end = timer.schedule(this::stopped, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized void stopped() {
    cancelEnd();
    if (typing) {
      typing = false;
      tell.accept(false);
    }
  }

  private void cancelEnd() {
    if (end != null) {
      end.cancel(false);
    }
  }
}
