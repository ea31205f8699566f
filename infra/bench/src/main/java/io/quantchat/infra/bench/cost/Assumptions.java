package io.quantchat.infra.bench.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** A value for each {@link Assumption}. */
record Assumptions(Map<Assumption, Double> values) {

  Assumptions {
    EnumMap<Assumption, Double> all = new EnumMap<>(Assumption.class);
    for (Assumption each : Assumption.values()) {
      double value = values.getOrDefault(each, each.standard());
      if (!(value >= each.least() && value <= each.most())) {
        throw new IllegalArgumentException(
            "%s must be from %.0f to %.0f".formatted(each.option(), each.least(), each.most()));
      }
      all.put(each, value);
    }
    values = Collections.unmodifiableMap(all);
  }

  static Assumptions standard() {
    return new Assumptions(Map.of());
  }

  Assumptions with(Assumption assumption, double value) {
    Map<Assumption, Double> changed = new EnumMap<>(values);
    changed.put(assumption, value);
    return new Assumptions(changed);
  }

  double of(Assumption assumption) {
    return values.get(assumption);
  }

  /** One that is given in percent, as a share of 1. */
  double share(Assumption assumption) {
    return of(assumption) / 100;
  }
}
