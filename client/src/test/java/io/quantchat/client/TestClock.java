package io.quantchat.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still unless it is advanced: a test that takes long doesn't change what it says. */
final class TestClock extends Clock {

  private volatile Instant now = Instant.now();
  private final AtomicLong passed = new AtomicLong();

  static TestClock wrongBy(Duration offset) {
    var clock = new TestClock();
    clock.jump(offset);
    return clock;
  }

  /** Time passes. */
  void advance(Duration by) {
    now = now.plus(by);
    passed.addAndGet(by.toNanos());
  }

  /** The clock is set, and no time passes. */
  void jump(Duration by) {
    now = now.plus(by);
  }

  /** The time that has passed since some time, nanoseconds: what tests wait for, too. */
  long nanos() {
    return System.nanoTime() + passed.get();
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
