package io.quantchat.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The real time, and somewhat more or less. */
final class TestClock extends Clock {

  private volatile Duration offset = Duration.ZERO;

  static TestClock wrongBy(Duration offset) {
    var clock = new TestClock();
    clock.offset = offset;
    return clock;
  }

  void advance(Duration by) {
    offset = offset.plus(by);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(Clock.system(zone), offset);
  }
}
