package io.quantchat.release;

import com.amazonaws.services.lambda.runtime.Context;
import io.quantchat.host.Backoff;
import java.time.Duration;

/**
 * The time that Lambda gives one run of the check, and the pauses in it.
 *
 * @param context knows how much of it is left
 * @param backoff how pauses are waited for, and what chance takes away of them
 */
record HookTime(Context context, Backoff backoff) {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Whether so much is left. */
  boolean isLeft(Duration enough) {
    return left().compareTo(enough) >= 0;
  }

  /**
   * Waits after a try that failed, unless less than enough would be left then.
   *
   * @param tries how many there were, this one included
   * @param atLeast what whoever refused asks to wait
   * @return whether to try again
   */
  boolean waitsAfter(int tries, Duration atLeast, Duration enough) {
    Duration pause = atLeast.plus(backoff.pauseAfter(tries, FIRST, LONGEST));
    if (!isLeft(enough.plus(pause))) {
      return false;
    }
    backoff.sleeper().sleep(pause);
    return !Thread.currentThread().isInterrupted();
  }

  private Duration left() {
    return Duration.ofMillis(context.getRemainingTimeInMillis());
  }
}
