package io.quantchat.infra.bench.relay;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** One figure of several rounds, sorted. */
record Figures(double... sorted) {

  private static final String ABSENT = "–";

  static Figures of(DoubleStream rounds) {
    return new Figures(rounds.sorted().toArray());
  }

  boolean isEmpty() {
    return sorted.length == 0;
  }

  /** The one in the middle, or the middle of the two that are. */
  double median() {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The median, and both ends where there are several. */
  String inWords(String format) {
    if (isEmpty()) {
      return ABSENT;
    }
    String middle = String.format(Locale.ROOT, format, median());
    return sorted.length == 1
        ? middle
        : middle
            + String.format(
                Locale.ROOT,
                " (" + format + " to " + format + ")",
                sorted[0],
                sorted[sorted.length - 1]);
  }

  /**
   * This median for each one of the others'; none where there is nothing, or 0, to compare with.
   */
  String ratioTo(Figures other) {
    return isEmpty() || other.isEmpty() || other.median() == 0
        ? ABSENT
        : String.format(Locale.ROOT, "**%.2f**", median() / other.median());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Figures figures && Arrays.equals(sorted, figures.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }
}
