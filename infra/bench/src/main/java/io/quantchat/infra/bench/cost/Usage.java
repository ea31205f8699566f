package io.quantchat.infra.bench.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How much of what is used, in the units of the price file's entries. */
record Usage(Map<Price, Double> quantities) {

  static final Usage NOTHING = new Usage(Map.of());

  Usage {
    EnumMap<Price, Double> copy = new EnumMap<>(Price.class);
    copy.putAll(quantities);
    quantities = Collections.unmodifiableMap(copy);
  }

  static Usage of(Price price, double quantity) {
    return new Usage(Map.of(price, quantity));
  }

  double of(Price price) {
    return quantities.getOrDefault(price, 0.0);
  }

  Usage and(Price price, double quantity) {
    return plus(of(price, quantity));
  }

  Usage plus(Usage other) {
    Map<Price, Double> sum = new EnumMap<>(Price.class);
    sum.putAll(quantities);
    other.quantities.forEach((price, quantity) -> sum.merge(price, quantity, Double::sum));
    return new Usage(sum);
  }

  Usage times(double factor) {
    Map<Price, Double> product = new EnumMap<>(Price.class);
    quantities.forEach((price, quantity) -> product.put(price, quantity * factor));
    return new Usage(product);
  }

  /** The same, with all of one thing bought as another. */
  Usage with(Price instead, Price of) {
    return and(instead, of(of)).and(of, -of(of));
  }
}
