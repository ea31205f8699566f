package io.quantchat.infra.bench.encryption;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How often which primitive is needed, in the order in which they were added. */
record Recipe(Map<Primitive, Integer> counts) {

  static final Recipe NOTHING = new Recipe(Map.of());

  Recipe {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  Recipe with(int times, Primitive primitive) {
    var more = new LinkedHashMap<>(counts);
    more.merge(primitive, times, Integer::sum);
    return new Recipe(more);
  }

  Recipe with(Recipe other) {
    var sum = this;
    for (Map.Entry<Primitive, Integer> each : other.counts.entrySet()) {
      sum = sum.with(each.getValue(), each.getKey());
    }
    return sum;
  }

  /** The time that all of it takes, if each takes what is said of it. */
  double sum(ToDoubleFunction<Primitive> cost) {
    return counts.entrySet().stream()
        .mapToDouble(each -> each.getValue() * cost.applyAsDouble(each.getKey()))
        .sum();
  }

  String inWords() {
    return counts.entrySet().stream()
        .map(each -> (each.getValue() == 1 ? "" : each.getValue() + " × ") + each.getKey().brief())
        .collect(Collectors.joining(", "));
  }
}
