package io.quantchat.infra.database;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What goes wrong. Is asked before each request about items; those about tables always go well.
 *
 * <p>What is thrown is what a caller sees once the SDK has given up: there is no retry here.
 */
public interface Faults {

  /** Nothing goes wrong, and no history is kept for stale reads. */
  Faults NONE = (operation, random) -> Set.of();

  /**
   * What befalls the next request.
   *
   * @param operation its name, such as {@code PutItem}
   * @param random decides what is left to chance, also what becomes of the request then
   */
  Set<Fault> befalling(String operation, RandomGenerator random);

  /** Seeds what is left to chance: the same requests one after another meet the same again. */
  default long seed() {
    return 0;
  }

  /**
   * Chance decides.
   *
   * @param chances of each request, from 0 to 1
   */
  static Faults seeded(long seed, Map<Fault, Double> chances) {
    var copy = new EnumMap<Fault, Double>(Fault.class);
    copy.putAll(chances);
    return new Faults() {
      @Override
      public Set<Fault> befalling(String operation, RandomGenerator random) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        copy.forEach(
            (fault, chance) -> {
              if (random.nextDouble() < chance) {
                faults.add(fault);
              }
            });
        return faults;
      }

      @Override
      public long seed() {
        return seed;
      }
    };
  }

  /** A test decides, request by request. */
  static ScriptedFaults scripted() {
    return new ScriptedFaults();
  }
}
