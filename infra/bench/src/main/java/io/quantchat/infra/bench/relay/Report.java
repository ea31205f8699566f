package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.ReportJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The result, for people and for programs.
 *
 * @param busy the machine's load average before each round
 * @param notes what a reader must know to compare fairly, a sentence each
 * @param all the subjects', the working tree last
 */
record Report(Machine machine, Plan plan, List<Double> busy, List<String> notes, List<Series> all) {

  String toMarkdown() {
    StringBuilder text = new StringBuilder("%n%s%n".formatted(machine.inWords()));
    text.append(
        String.format(
            Locale.ROOT,
            "%d pairs of users, 1 kB of content, load and server on the same machine; medians of %d"
                + " interleaved rounds (lowest to highest); load average %.1f to %.1f.%n%n",
            plan.clients(),
            plan.rounds(),
            busy.stream().mapToDouble(Double::doubleValue).min().orElse(0),
            busy.stream().mapToDouble(Double::doubleValue).max().orElse(0)));
    Series here = all.getLast();
    List<Series> others = all.subList(0, all.size() - 1);
    text.append("| |");
    others.forEach(other -> text.append(" %s | working tree / it |".formatted(other.name())));
    text.append(" %s |%n|---|".formatted(here.name()));
    text.append("---:|---:|".repeat(others.size())).append("---:|\n");
    for (Row row : Row.all(plan)) {
      line(text, row, others, here);
    }
    text.append('\n');
    Stream.concat(notes.stream(), all.stream().flatMap(each -> each.failures().stream()))
        .forEach(note -> text.append("- ").append(note).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, Row row, List<Series> others, Series here) {
    Figures ours = row.of(here);
    List<Figures> theirs = others.stream().map(row::of).toList();
    if (ours.isEmpty() && theirs.stream().allMatch(Figures::isEmpty)) {
      return;
    }
    text.append("| ").append(row.name()).append(" |");
    for (Figures each : theirs) {
      text.append(" %s | %s |".formatted(each.inWords(row.format()), ours.ratioTo(each)));
    }
    text.append(" %s |%n".formatted(ours.inWords(row.format())));
  }

  String toJson() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("machine", machine.inWords());
    report.put("plan", plan);
    report.put("busy", busy);
    report.put("notes", new ArrayList<>(notes));
    report.put("subjects", all);
    return ReportJson.of(report);
  }
}
