package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.ReportJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The result, for people and for programs. */
record Report(Machine machine, Plan plan, List<StorageResult> results) {

  String toMarkdown() {
    StringBuilder table = new StringBuilder();
    table.append("%n%s%n".formatted(machine.inWords()));
    table.append(
        "%d pairs of users, 1 kB of content, %d rounds, load and gateway on the same machine.%n%n"
            .formatted(plan.clients(), Plan.ROUNDS));
    row(table, "", StorageResult::storage);
    table.append("|---|").append("---:|".repeat(results.size())).append('\n');
    row(table, "relayed, closed loop", r -> rate(r.relayed()));
    row(table, "bare puts of the same item", r -> rate(r.puts()));
    row(table, "relayed for each bare put", r -> number("%.2f", r.ratio()));
    row(table, "gateway's CPU for each message", r -> milliseconds(r.cpu().median()));
    latencies(table, "closed loop", StorageResult::closedLoop);
    row(table, "**open loop at**", r -> number("%.0f/s", r.rate()));
    latencies(table, "open loop", StorageResult::openLoop);
    row(table, "sent (answered 2xx)", r -> count(r.fate().sent()));
    row(table, "delivered by socket", r -> count(r.fate().delivered()));
    row(table, "left to be fetched", r -> count(r.fate().pendingOnly()));
    row(table, "refused", r -> count(r.fate().refused()));
    row(table, "**lost**", r -> "**" + count(r.fate().lost()) + "**");
    row(table, "duplicated", r -> count(r.fate().duplicated()));
    row(table, "not deleted once acknowledged", r -> count(r.pending() - r.fate().pendingOnly()));
    table.append(
        """

        Latency: from when the send was due to the arrival of new_message at the recipient's socket.
        Rates: median of the rounds (lowest to highest).
        """);
    return table.toString();
  }

  private void latencies(
      StringBuilder table, String loop, Function<StorageResult, Latencies> which) {
    row(table, loop + ", p50", r -> milliseconds(which.apply(r).p50()));
    row(table, loop + ", p95", r -> milliseconds(which.apply(r).p95()));
    row(table, loop + ", p99", r -> milliseconds(which.apply(r).p99()));
    row(table, loop + ", max", r -> milliseconds(which.apply(r).max()));
  }

  private void row(StringBuilder table, String name, Function<StorageResult, String> cell) {
    table.append(
        results.stream().map(cell).collect(Collectors.joining(" | ", "| " + name + " | ", " |\n")));
  }

  String toJson() {
    return ReportJson.of(Map.of("machine", machine.inWords(), "plan", plan, "results", results));
  }

  private static String rate(Spread spread) {
    return number("%,.0f/s", spread.median())
        + number(" (%,.0f", spread.lowest())
        + number(" to %,.0f)", spread.highest());
  }

  private static String milliseconds(double value) {
    return number("%.1f ms", value);
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
