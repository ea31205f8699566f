package io.quantchat.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private Instant wall = Instant.parse("2026-05-01T12:00:00Z");
  private long nanoseconds = Long.MAX_VALUE - 5;
  private final Lease lease = new Lease(new Wall(), () -> nanoseconds, Duration.ofMinutes(15));

  @Test
  void endsWhenItsTimeHasPassed() {
    pass(Duration.ofMinutes(15).minusNanos(1));
    assertThat(lease.isOver()).isFalse();

    pass(Duration.ofNanos(1));
    assertThat(lease.isOver()).isTrue();
    assertThat(lease.until()).isEqualTo("2026-05-01T12:15:00Z");
  }

  @Test
  void endsWhileTheMachineSleeps() {
    wall = wall.plus(Duration.ofHours(8));

    assertThat(lease.isOver()).isTrue();
  }

  @Test
  void aClockThatIsPutBackLengthensNothing() {
    wall = wall.minus(Duration.ofDays(3650));
    assertThat(lease.isOver()).isFalse();

    nanoseconds += Duration.ofMinutes(15).toNanos();
    assertThat(lease.isOver()).isTrue();
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanoseconds += time.toNanos();
  }

  private final class Wall extends Clock {

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return wall;
    }
  }
}
