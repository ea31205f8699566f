package io.quantchat.infra.bench.warm;

import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.ReportJson;
import io.quantchat.infra.bench.report.Timing;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result, for people and for programs. */
record WarmReport(Machine machine, List<Timing> paths, SendRatio.Medians sends) {

  /** A send is to take no more than so many times what its database calls take. */
  private static final double AIM = 1.15;

  String toMarkdown() {
    var text = new StringBuilder("%n%s%n%n".formatted(machine.inWords()));
    text.append(
        """
        | hot path, 1 kB message | median µs | p90 µs | bytes allocated |
        |---|---:|---:|---:|
        """);
    for (Timing path : paths) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %,.0f |%n",
              inWords(path.name()),
              path.median(),
              path.p90(),
              path.bytes()));
    }
    text.append(
        "\n| against the embedded database, median of %,d | µs | |\n|---|---:|---:|\n"
            .formatted(sends.sends()));
    row(text, "the bare put of the same item", sends.put(), "");
    row(text, "the send's database calls alone: 3 reads at once, then the put", sends.calls(), "");
    row(text, "the whole send", sends.send(), "");
    row(text, "send / its database calls (aim %.2f)".formatted(AIM), sends.overCalls(), "×");
    row(text, "send / bare put", sends.overPut(), "×");
    text.append(
        """

        The database and our code share this machine's cores; the three take turns, call by call.
        """);
    return text.toString();
  }

  /** A method's name: {@code tokenCheck} is a token check. */
  private static String inWords(String method) {
    return method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static void row(StringBuilder text, String name, double number, String unit) {
    text.append(
        String.format(
            Locale.ROOT,
            unit.isEmpty() ? "| %s | %.0f | |%n" : "| %s | | %.2f × |%n",
            name,
            number));
  }

  String toJson() {
    return ReportJson.of(
        Map.of(
            "machine",
            machine.inWords(),
            "paths",
            paths,
            "send",
            Map.of(
                "put_us", sends.put(),
                "calls_us", sends.calls(),
                "send_us", sends.send(),
                "over_calls", sends.overCalls(),
                "over_put", sends.overPut())));
  }
}
