package io.quantchat.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is moved. */
public final class MovableClock extends Clock {

  private final AtomicReference<Instant> now;

  /** Stands at this time. */
  public MovableClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    now.updateAndGet(time -> time.plus(duration));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
