package io.quantchat.infra.local.lambda;

import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.ScheduleSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * EventBridge on one machine: invokes functions by the template's schedules, each for the first
 * time at once, so that what an earlier run of this machine left undone doesn't wait.
 *
 * <p>Unlike EventBridge, it never runs one schedule twice at a time: one that takes longer than its
 * rate runs again once it has ended. A clock that was set back delays nothing.
 */
public final class Schedules implements AutoCloseable {

  /** How often the clock is looked at. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final List<ScheduleSpec> schedules;
  private final Functions functions;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Map<ScheduleSpec, Instant> lastRuns = new HashMap<>();
  private final ReentrantLock running = new ReentrantLock();
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("schedules").factory());
  private volatile boolean stopping;

  /**
   * Nothing runs before {@link #start} or {@link #runDue}.
   *
   * @param clock tells when a schedule is due
   * @param log is told of an invocation that failed
   */
  public Schedules(
      Collection<ScheduleSpec> schedules,
      Functions functions,
      InstantSource clock,
      Consumer<String> log) {
    this.schedules = List.copyOf(schedules);
    this.functions = functions;
    this.clock = clock;
    this.log = log;
  }

  /** Runs what is due from now on, until this is closed. */
  public Schedules start() {
    if (!schedules.isEmpty()) {
      var _ = beats.scheduleWithFixedDelay(this::runDue, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }
    return this;
  }

  /** Runs each schedule that is due now, and returns when all of them have ended. */
  void runDue() {
    running.lock();
    try {
      for (ScheduleSpec schedule : schedules) {
        Instant now = clock.instant();
        if (!stopping && isDue(schedule, now)) {
          lastRuns.put(schedule, now);
          invoke(schedule, now);
        }
      }
    } finally {
      running.unlock();
    }
  }

  private boolean isDue(ScheduleSpec schedule, Instant now) {
    Instant last = lastRuns.get(schedule);
    return last == null || now.isBefore(last) || !now.isBefore(last.plus(schedule.every()));
  }

  /** What goes wrong once must not end the schedule. */
  private void invoke(ScheduleSpec schedule, Instant now) {
    String failed = schedule.functionId() + ", which " + schedule.name() + " runs, failed: ";
    try {
      switch (functions.invoke(schedule.functionId(), event(schedule, now), LONGEST)) {
        case Invocation.Failed(String message, String type) ->
            log.accept(failed + type + ": " + message);
        case Invocation.TimedOut late -> log.accept(failed + "it took too long");
        default -> {}
      }
    } catch (RuntimeException unforeseen) {
      log.accept(failed + unforeseen);
    }
  }

  /** Lambda's own longest timeout: nobody waits for the answer, so the function's own counts. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** Amazon EventBridge User Guide, "Scheduled events". */
  private static byte[] event(ScheduleSpec schedule, Instant now) {
    return """
    {"version":"0","id":"%s","detail-type":"Scheduled Event","source":"aws.events",\
    "account":"%s","time":"%s","region":"%s",\
    "resources":["arn:aws:events:%s:%s:rule/%s%s"],"detail":{}}\
    """
        .formatted(
            UUID.randomUUID(),
            Deployment.LOCAL_ACCOUNT,
            now.truncatedTo(ChronoUnit.SECONDS),
            Deployment.LOCAL_REGION,
            Deployment.LOCAL_REGION,
            Deployment.LOCAL_ACCOUNT,
            schedule.functionId(),
            schedule.name())
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Runs nothing new, and waits for what runs.
   *
   * @param patience how long at most; what still runs then is left to whoever ends the functions
   */
  public void close(Duration patience) {
    stopping = true;
    beats.shutdown();
    try {
      if (running.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        running.unlock();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same, waiting for as long as a function may take. */
  @Override
  public void close() {
    close(LONGEST);
  }
}
