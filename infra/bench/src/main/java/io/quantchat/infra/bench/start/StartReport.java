package io.quantchat.infra.bench.start;

import io.quantchat.infra.bench.load.Load.Relayed;
import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.ReportJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * The result, for people and for programs.
 *
 * @param seconds of the first load
 * @param busy the machine's load average before each round
 * @param all the checkouts', the working tree last
 */
record StartReport(Machine machine, int runs, int seconds, List<Double> busy, List<Series> all) {

  private static final String ABSENT = "–";

  /** What was measured of one checkout. */
  record Series(String name, List<Beginning> beginnings) {

    /** The figure in the middle, or the middle of the two that are; empty if there is none. */
    OptionalDouble median(Function<Beginning, DoubleStream> figure) {
      double[] sorted = beginnings.stream().flatMapToDouble(figure).sorted().toArray();
      return sorted.length == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }
  }

  /**
   * A line of the table.
   *
   * @param format of one figure
   */
  private record Row(String name, String format, Function<Beginning, DoubleStream> figure) {}

  private List<Row> rows() {
    return List.of(
        new Row("ready, s", "%.1f", each -> DoubleStream.of(each.ready() / 1000)),
        new Row("CPU until then, s", "%.1f", each -> DoubleStream.of(each.readyProcessor() / 1000)),
        new Row(
            "messages a second, first " + seconds + " s",
            "%.1f",
            each -> DoubleStream.of(each.first().rate())),
        new Row(
            "CPU of each of them, ms",
            "%.1f",
            each -> DoubleStream.of(each.first().processorEach())),
        new Row(
            "messages a second, steady",
            "%.0f",
            each -> each.steady().stream().mapToDouble(Relayed::rate)),
        new Row(
            "CPU of each of them, ms, steady",
            "%.2f",
            each -> each.steady().stream().mapToDouble(Relayed::processorEach)),
        new Row(
            "a send from the command line, s",
            "%.2f",
            each -> each.sends().stream().mapToDouble(sent -> sent.took() / 1000)),
        new Row(
            "its CPU, s",
            "%.2f",
            each -> each.sends().stream().mapToDouble(sent -> sent.processor() / 1000)));
  }

  String toMarkdown() {
    var text = new StringBuilder("%n%s%n".formatted(machine.inWords()));
    text.append(
        String.format(
            Locale.ROOT,
            "Medians of %d interleaved starts each; load average %.1f to %.1f.%n%n",
            runs,
            busy.stream().mapToDouble(Double::doubleValue).min().orElse(0),
            busy.stream().mapToDouble(Double::doubleValue).max().orElse(0)));
    Series here = all.getLast();
    List<Series> others = all.subList(0, all.size() - 1);
    text.append("| |");
    others.forEach(other -> text.append(" %s | working tree / it |".formatted(other.name())));
    text.append(" %s |%n|---|".formatted(here.name()));
    text.append("---:|---:|".repeat(others.size())).append("---:|\n");
    for (Row row : rows()) {
      OptionalDouble ours = here.median(row.figure());
      text.append("| ").append(row.name()).append(" |");
      for (Series other : others) {
        OptionalDouble theirs = other.median(row.figure());
        text.append(" %s | %s |".formatted(number(row.format(), theirs), ratio(ours, theirs)));
      }
      text.append(" %s |%n".formatted(number(row.format(), ours)));
    }
    return text.toString();
  }

  private static String number(String format, OptionalDouble figure) {
    return figure.isEmpty() ? ABSENT : String.format(Locale.ROOT, format, figure.getAsDouble());
  }

  private static String ratio(OptionalDouble ours, OptionalDouble theirs) {
    return ours.isEmpty() || theirs.isEmpty()
        ? ABSENT
        : String.format(Locale.ROOT, "**%.2f**", ours.getAsDouble() / theirs.getAsDouble());
  }

  String toJson() {
    return ReportJson.of(Map.of("machine", machine.inWords(), "busy", busy, "checkouts", all));
  }
}
