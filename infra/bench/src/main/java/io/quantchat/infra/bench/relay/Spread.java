package io.quantchat.infra.bench.relay;

import java.util.List;

/** The rounds' results: the one in the middle, and both ends. */
record Spread(double median, double lowest, double highest) {

  static Spread of(List<Double> rounds) {
    List<Double> sorted = rounds.stream().sorted().toList();
    return new Spread(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }
}
