package io.quantchat.infra.bench.cold;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Cold starts as bars, in SVG: readable on a light page and on a dark one. */
final class Chart {

  private record Bar(Variant variant, String name, String colour) {}

  private static final List<Bar> BARS =
      List.of(
          new Bar(Variant.BASELINE, "baseline", "#9aa0a6"),
          new Bar(Variant.PACKAGED, "QuantChat", "#1a73e8"),
          new Bar(Variant.ARCHIVED, "QuantChat with an AOT cache", "#12a594"),
          new Bar(Variant.RESTORED, "QuantChat, restored from a snapshot", "#f29900"));

  private static final int WIDTH = 760;
  private static final int LABELS = 210;
  private static final int ROOM_FOR_NUMBERS = 70;
  private static final int BAR = 14;
  private static final int LEGEND = 52;
  private static final int GAP = 16;

  private Chart() {}

  static String of(List<Samples> results) {
    double longest =
        results.stream()
            .flatMap(samples -> BARS.stream().map(bar -> median(samples, bar)))
            .flatMap(Optional::stream)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    double scale = (WIDTH - LABELS - ROOM_FOR_NUMBERS) / longest;
    StringBuilder bars = new StringBuilder();
    int y = LEGEND;
    for (Samples samples : results) {
      text(bars, LABELS - 10, y + BAR * 2, "end", samples.name());
      for (Bar bar : BARS) {
        Optional<Double> median = median(samples, bar);
        if (median.isPresent()) {
          double length = median.get() * scale;
          rectangle(bars, LABELS, y, Math.max(1, length), bar.colour());
          String number = String.format(Locale.ROOT, "%.0f ms", median.get());
          text(bars, LABELS + length + 6, y + BAR - 3, "start", number);
          y += BAR;
        }
      }
      y += GAP;
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#80868b">
    <title>From the process's start, or from its restore, to the first answer</title>
    %s%s</svg>
    """
        .formatted(WIDTH, y, legend(), bars);
  }

  private static String legend() {
    StringBuilder legend = new StringBuilder();
    int half = WIDTH / 2;
    for (int i = 0; i < BARS.size(); i++) {
      int x = 10 + (i % 2) * half;
      int y = 4 + (i / 2) * 20;
      rectangle(legend, x, y, BAR, BARS.get(i).colour());
      text(legend, x + BAR + 6, y + BAR - 2, "start", BARS.get(i).name());
    }
    return legend.toString();
  }

  private static Optional<Double> median(Samples samples, Bar bar) {
    return samples.spread(bar.variant(), Sample::wake).map(Samples.Spread::median);
  }

  private static void rectangle(
      StringBuilder into, double x, double y, double width, String colour) {
    into.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            x,
            y,
            width,
            BAR - 2,
            colour));
  }

  private static void text(StringBuilder into, double x, double y, String anchor, String words) {
    into.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            words));
  }
}
