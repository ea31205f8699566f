package io.quantchat.lives;

import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What befalls requests to the store, by chance, while it is switched on. */
final class Troubles implements Faults {

  private static final double EACH = 0.002;
  private static final double STALE = 0.05;

  private final long seed;
  private volatile boolean areOn;

  Troubles(long seed) {
    this.seed = seed;
  }

  void begin() {
    areOn = true;
  }

  void end() {
    areOn = false;
  }

  boolean areOn() {
    return areOn;
  }

  @Override
  public Set<Fault> befalling(String operation, RandomGenerator random) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    for (Fault fault : Fault.values()) {
      if (random.nextDouble() < (fault == Fault.STALE ? STALE : EACH) && areOn) {
        faults.add(fault);
      }
    }
    return faults;
  }

  @Override
  public long seed() {
    return seed;
  }
}
