package io.quantchat.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A worker's executor on which time passes only when a test has it pass: what is to be done later
 * waits for that, what is to be done now is done.
 */
final class SkippedTime extends ScheduledThreadPoolExecutor {

  private final List<Later> waiting = new ArrayList<>();
  private Duration now = Duration.ZERO;

  SkippedTime(ThreadFactory threads) {
    super(1, threads);
  }

  private record Later(Duration due, Runnable work) {}

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    if (delay == 0) {
      return super.schedule(work, 0, unit);
    }
    synchronized (waiting) {
      waiting.add(new Later(now.plusMillis(unit.toMillis(delay)), work));
    }
    return super.schedule(() -> {}, 0, unit);
  }

  Duration now() {
    synchronized (waiting) {
      return now;
    }
  }

  /**
   * Does what is due next, and waits until it is done.
   *
   * @param end so far time may pass
   * @return whether there was something
   */
  boolean passTo(Duration end) {
    Optional<Later> next;
    synchronized (waiting) {
      next =
          waiting.stream()
              .min(Comparator.comparing(Later::due))
              .filter(later -> later.due().compareTo(end) <= 0);
      next.ifPresent(waiting::remove);
      now = next.map(Later::due).orElse(end);
    }
    next.ifPresent(later -> done(later.work()));
    return next.isPresent();
  }

  /** Waits until all is done that is to be done now. */
  void settle() {
    done(() -> {});
  }

  private void done(Runnable work) {
    try {
      submit(work).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
