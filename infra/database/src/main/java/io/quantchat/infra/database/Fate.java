package io.quantchat.infra.database;

import java.util.Set;
import java.util.random.RandomGenerator;

/** What befalls one request. */
final class Fate {

  private final Set<Fault> faults;
  private final RandomGenerator random;
  private final Rows committed;
  private final History history;

  /**
   * @param history null where no read can be stale
   */
  Fate(Set<Fault> faults, RandomGenerator random, Rows committed, History history) {
    this.faults = faults;
    this.random = random;
    this.committed = committed;
    this.history = history;
  }

  boolean holds(Fault fault) {
    return faults.contains(fault);
  }

  /**
   * The rows that a read sees.
   *
   * @param isConsistent whether it must see every write that was answered before it
   */
  Rows rows(boolean isConsistent) {
    return isConsistent || !holds(Fault.STALE) || history == null
        ? committed
        : history.before(random.nextInt(1, History.MOST + 1), committed);
  }

  /** One of so many, by chance. */
  int one(int of) {
    return random.nextInt(of);
  }

  /** Whether the next part of a batch is left to be asked for again. */
  boolean leavesNext() {
    return holds(Fault.UNPROCESSED) && random.nextBoolean();
  }
}
