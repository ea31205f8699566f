package io.quantchat.infra.bench.cold;

import io.quantchat.infra.bench.cold.Samples.Spread;
import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.ReportJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The result, for people and for programs. */
record ColdReport(Machine machine, int runs, List<Samples> results) {

  private static final String ABSENT = "–";

  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    text.append("%n%s%n".formatted(machine.inWords()));
    text.append(
        "Medians of %d interleaved starts each (lowest to highest), milliseconds.%n"
            .formatted(runs));
    text.append("\n**Cold start**: from the process's start to the first answer.\n\n");
    table(
        text,
        List.of("QuantChat", "baseline", "ratio", "with an AOT cache", "ratio"),
        samples ->
            List.of(
                spread(samples, Variant.PACKAGED, Sample::wake),
                spread(samples, Variant.BASELINE, Sample::wake),
                ratio(samples, Variant.PACKAGED, Sample::wake),
                spread(samples, Variant.ARCHIVED, Sample::wake),
                ratio(samples, Variant.ARCHIVED, Sample::wake)));
    text.append(
        "\n**First invocation**: restored from a snapshot, or once the function is built.\n\n");
    table(
        text,
        List.of("restored, primed", "QuantChat, not primed", "baseline", "QuantChat, warm"),
        samples ->
            List.of(
                spread(samples, Variant.RESTORED, Sample::wake),
                spread(samples, Variant.PACKAGED, Sample::first),
                spread(samples, Variant.BASELINE, Sample::first),
                warm(samples, Variant.PACKAGED)));
    text.append("\n**What else it takes**\n\n");
    table(
        text,
        List.of(
            "init",
            "baseline's",
            "init with priming",
            "CPU to first answer",
            "baseline's",
            "peak memory",
            "baseline's"),
        samples ->
            List.of(
                median(samples, Variant.PACKAGED, Sample::init),
                median(samples, Variant.BASELINE, Sample::init),
                median(samples, Variant.RESTORED, Sample::init),
                median(samples, Variant.PACKAGED, Sample::processor),
                median(samples, Variant.BASELINE, Sample::processor),
                memory(samples, Variant.PACKAGED),
                memory(samples, Variant.BASELINE)));
    if (results.stream().anyMatch(samples -> samples.all().containsKey(Variant.OTHER))) {
      text.append("\n**Another package**, beside the functions' own\n\n");
      table(
          text,
          List.of(
              "cold start",
              "the other's",
              "restored",
              "the other's",
              "warm",
              "the other's",
              "CPU to first answer",
              "the other's"),
          samples ->
              List.of(
                  spread(samples, Variant.PACKAGED, Sample::wake),
                  spread(samples, Variant.OTHER, Sample::wake),
                  spread(samples, Variant.RESTORED, Sample::wake),
                  spread(samples, Variant.OTHER_RESTORED, Sample::wake),
                  warm(samples, Variant.PACKAGED),
                  warm(samples, Variant.OTHER),
                  median(samples, Variant.PACKAGED, Sample::processor),
                  median(samples, Variant.OTHER, Sample::processor)));
    }
    text.append(
        """

        Ratios: to the baseline started in the same round. Restored: from the restore to the answer, with the hooks
        after it, connections cut and credentials expired; Lambda's own time to load the snapshot comes on top.
        AOT cache: for container images and runtimes of one's own. The JVM takes a cache only if it is the build
        that wrote it, on the same system, with the same jars in the same order, loaded by its own loaders; Lambda's
        managed runtime changes its JVM as AWS patches it, and loads functions by a loader of the runtime client's.
        """);
    return text.toString();
  }

  private interface Row {
    List<String> of(Samples samples);
  }

  private void table(StringBuilder text, List<String> columns, Row row) {
    text.append("| | ").append(String.join(" | ", columns)).append(" |\n");
    text.append("|---|").append("---:|".repeat(columns.size())).append('\n');
    for (Samples samples : results) {
      text.append("| ").append(samples.name()).append(" | ");
      text.append(String.join(" | ", row.of(samples))).append(" |\n");
    }
  }

  private static String spread(Samples samples, Variant variant, ToDoubleFunction<Sample> figure) {
    return samples
        .spread(variant, figure)
        .map(
            spread ->
                "%s (%s to %s)"
                    .formatted(
                        number(spread.median()), number(spread.lowest()), number(spread.highest())))
        .orElse(ABSENT);
  }

  private static String median(Samples samples, Variant variant, ToDoubleFunction<Sample> figure) {
    return samples.spread(variant, figure).map(spread -> number(spread.median())).orElse(ABSENT);
  }

  private static String warm(Samples samples, Variant variant) {
    return samples
        .spread(variant, Sample::warm)
        .map(spread -> String.format(Locale.ROOT, "%.1f", spread.median()))
        .orElse(ABSENT);
  }

  private static String ratio(Samples samples, Variant variant, ToDoubleFunction<Sample> figure) {
    return samples
        .toBaseline(variant, figure)
        .map(ratio -> String.format(Locale.ROOT, "**%.2f**", ratio.median()))
        .orElse(ABSENT);
  }

  private static String memory(Samples samples, Variant variant) {
    Optional<Spread> spread = samples.spread(variant, sample -> sample.peakMemory() / 1024.0);
    return spread
        .filter(known -> known.lowest() > 0)
        .map(known -> number(known.median()) + " MiB")
        .orElse(ABSENT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  String toSvg() {
    return Chart.of(results);
  }

  String toJson() {
    Map<String, Object> lives = new LinkedHashMap<>();
    results.forEach(samples -> lives.put(samples.name(), samples.all()));
    return ReportJson.of(Map.of("machine", machine.inWords(), "lives", lives));
  }
}
