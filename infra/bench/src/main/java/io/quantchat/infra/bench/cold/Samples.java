package io.quantchat.infra.bench.cold;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What was measured of one scenario, variant by variant. */
final class Samples {

  /**
   * Medians, and both ends.
   *
   * @param median of an even number, the upper of the two in the middle
   */
  record Spread(double median, double lowest, double highest) {

    static Spread of(List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      return new Spread(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }
  }

  private final String name;
  private final Map<Variant, List<Sample>> samples = new EnumMap<>(Variant.class);

  Samples(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(Variant variant, Sample sample) {
    samples.computeIfAbsent(variant, none -> new ArrayList<>()).add(sample);
  }

  /** One figure of one variant, if it was measured. */
  Optional<Spread> spread(Variant variant, ToDoubleFunction<Sample> figure) {
    return Optional.ofNullable(samples.get(variant))
        .map(list -> Spread.of(list.stream().map(figure::applyAsDouble).toList()));
  }

  /** The median of one figure of a variant for each of the baseline's, if both were measured. */
  Optional<Double> toBaseline(Variant variant, ToDoubleFunction<Sample> figure) {
    return spread(variant, figure)
        .flatMap(
            ours ->
                spread(Variant.BASELINE, figure)
                    .map(baseline -> ours.median() / baseline.median()));
  }

  /** Every single life, for programs. */
  Map<Variant, List<Sample>> all() {
    return samples;
  }
}
