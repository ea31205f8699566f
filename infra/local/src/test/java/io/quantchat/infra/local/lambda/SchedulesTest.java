package io.quantchat.infra.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.stack.ScheduleSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SchedulesTest {

  private static final ScheduleSpec MINUTELY =
      new ScheduleSpec("Sweeper", "EachMinute", Duration.ofMinutes(1));

  private static final ScheduleSpec HOURLY =
      new ScheduleSpec("Counter", "EachHour", Duration.ofHours(1));

  private volatile Instant now = Instant.parse("2026-02-02T10:00:00.5Z");
  private final List<String> invoked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());

  private void pass(Duration duration) {
    now = now.plus(duration);
  }

  private Invocation note(String functionId, byte[] event, Duration timeout) {
    invoked.add(functionId);
    events.add(new String(event, UTF_8));
    return new Invocation.Answered(new byte[0]);
  }

  private Schedules schedules(Functions functions) {
    return new Schedules(List.of(MINUTELY, HOURLY), functions, () -> now, logged::add);
  }

  @Test
  void eachRunsAtOnceAndThenAtItsOwnRate() {
    try (Schedules schedules = schedules(this::note)) {
      schedules.runDue();
      schedules.runDue();
      pass(Duration.ofSeconds(59));
      schedules.runDue();
      assertThat(invoked).containsExactly("Sweeper", "Counter");
      pass(Duration.ofSeconds(1));
      schedules.runDue();
      assertThat(invoked).containsExactly("Sweeper", "Counter", "Sweeper");
      pass(Duration.ofHours(5));
      schedules.runDue();
      assertThat(invoked).containsExactly("Sweeper", "Counter", "Sweeper", "Sweeper", "Counter");
    }
    assertThat(events.getFirst())
        .contains(
            "\"detail-type\":\"Scheduled Event\"",
            "\"time\":\"2026-02-02T10:00:00Z\"",
            "rule/SweeperEachMinute");
    assertThat(logged).isEmpty();
  }

  @Test
  void aClockThatIsSetBackDelaysNothing() {
    try (Schedules schedules = schedules(this::note)) {
      schedules.runDue();
      pass(Duration.ofDays(-1));
      schedules.runDue();
    }
    assertThat(invoked).containsExactly("Sweeper", "Counter", "Sweeper", "Counter");
  }

  @Test
  void oneThatFailsIsLoggedAndRunsAgain() {
    try (Schedules schedules =
        schedules(
            (functionId, event, timeout) -> {
              note(functionId, event, timeout);
              if (functionId.equals("Counter")) {
                throw new IllegalStateException("out of paper");
              }
              return new Invocation.Failed("no such table", "Missing");
            })) {
      schedules.runDue();
      pass(Duration.ofMinutes(1));
      schedules.runDue();
    }
    assertThat(invoked).containsExactly("Sweeper", "Counter", "Sweeper");
    assertThat(logged)
        .containsExactly(
            "Sweeper, which EachMinute runs, failed: Missing: no such table",
            "Counter, which EachHour runs, failed: java.lang.IllegalStateException: out of paper",
            "Sweeper, which EachMinute runs, failed: Missing: no such table");
  }

  @Test
  void closingWaitsForWhatRunsAndStartsNothingNew() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Schedules schedules =
        schedules(
            (functionId, event, timeout) -> {
              begun.countDown();
              awaitUninterruptibly(mayEnd);
              return note(functionId, event, timeout);
            });
    schedules.start();
    begun.await();
    Thread closing =
        Thread.ofVirtual()
            .start(
                () -> {
                  schedules.close();
                  ended.countDown();
                });

    while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(ended.getCount()).isOne();
    mayEnd.countDown();
    ended.await();

    pass(Duration.ofHours(5));
    schedules.runDue();
    assertThat(invoked).containsExactly("Sweeper");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
