package io.quantchat.infra.bench.cold;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The figures of one scenario, variant by variant. */
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

  /**
   * One figure of a variant as a part of the baseline's in the same round, if both were measured:
   * the two of a round have met the same machine, busy or not.
   */
  Optional<Spread> toBaseline(Variant variant, ToDoubleFunction<Sample> figure) {
    List<Sample> ours = samples.getOrDefault(variant, List.of());
    List<Sample> baseline = samples.getOrDefault(Variant.BASELINE, List.of());
    if (ours.isEmpty() || ours.size() != baseline.size()) {
      return Optional.empty();
    }
    return Optional.of(
        Spread.of(
            IntStream.range(0, ours.size())
                .mapToObj(
                    round ->
                        figure.applyAsDouble(ours.get(round))
                            / figure.applyAsDouble(baseline.get(round)))
                .toList()));
  }

  /** Every single life, for programs. */
  Map<Variant, List<Sample>> all() {
    return samples;
  }
}
