package io.quantchat.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still unless it is advanced: a test that takes long doesn't change what it says. */
final class TestClock extends Clock {

  private volatile Instant now = Instant.now();

  static TestClock wrongBy(Duration offset) {
    var clock = new TestClock();
    clock.advance(offset);
    return clock;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(now, zone);
  }
}
