package io.quantchat.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * What one execution environment has let through of sampled limits and has not written yet.
 *
 * <p>The first use of a subject falls anywhere in a step, by chance, so that a subject whose uses
 * are spread over many environments is written as often, on average, as one that always meets the
 * same: once for each step. From then on each step is written, so an environment never owes more
 * than {@code step - 1} uses. A subject that hasn't been seen for long is forgotten, and begins
 * anew.
 */
final class Samples {

  /** Some 100 bytes each. */
  private static final int MOST_SUBJECTS = 10_000;

  private static final long NEVER = -1;

  private record Subject(Limit limit, String who) {}

  private static final class Tally {
    private long owed;
    private long refusedWindow = NEVER;
  }

  private final DoubleSupplier chance;
  private final Map<Subject, Tally> tallies =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Tally> eldest) {
          return size() > MOST_SUBJECTS;
        }
      };

  /**
   * Nothing let through yet.
   *
   * @param chance numbers from 0 to below 1
   */
  Samples(DoubleSupplier chance) {
    this.chance = chance;
  }

  /** Adds uses; gives how many are to be written now: whole steps. */
  synchronized long due(Limit limit, String who, int uses) {
    int step = limit.counting().step();
    Tally tally = tallyOf(limit, who);
    tally.owed += uses;
    long due = tally.owed / step * step;
    tally.owed -= due;
    return due;
  }

  /** Whether the subject is known to have used up this window. */
  synchronized boolean isRefused(Limit limit, String who, long window) {
    return tallyOf(limit, who).refusedWindow == window;
  }

  /** The subject has used up this window. */
  synchronized void refuse(Limit limit, String who, long window) {
    tallyOf(limit, who).refusedWindow = window;
  }

  private Tally tallyOf(Limit limit, String who) {
    return tallies.computeIfAbsent(new Subject(limit, who), this::begun);
  }

  private Tally begun(Subject subject) {
    var tally = new Tally();
    tally.owed = (long) (chance.getAsDouble() * subject.limit().counting().step());
    return tally;
  }
}
