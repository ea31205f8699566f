package io.quantchat.infra.bench.load;

import java.util.List;

/** The rounds' results: the one in the middle, and both ends. */
public record Spread(double median, double lowest, double highest) {

  /** Of some rounds, of which there is one at least. */
  public static Spread of(List<Double> rounds) {
    List<Double> sorted = rounds.stream().sorted().toList();
    return new Spread(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }
}
