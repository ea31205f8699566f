package io.quantchat.infra.bench.encryption;

import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.ReportJson;
import io.quantchat.infra.bench.report.Timing;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result, for people and for programs.
 *
 * @param load how many threads of this machine wanted to run before: the system's load average
 * @param timings of every method of {@link Operation} and {@link Primitive}
 */
record EncryptionReport(
    Machine machine, double load, List<Timing> timings, List<Size> sizes, FileRates files) {

  /** An operation's mean, what its primitives take by themselves, and the one over the other. */
  private record Row(Operation operation, Timing timing, double primitives) {

    double ratio() {
      return timing.mean() / primitives;
    }
  }

  String toMarkdown() {
    try (var text = new Formatter(Locale.ROOT)) {
      text.format("%n%s, load average %.1f before%n", machine.inWords(), load);
      text.format(
          """

          | one core, 200 characters | median µs | mean µs | its primitives, mean µs | ratio | aim: mean |
          |---|---:|---:|---:|---:|---|
          """);
      for (Operation operation : Operation.values()) {
        Row row = row(operation);
        text.format(
            "| %s | %,.0f | %,.0f | %,.0f | %.2f | %s |%n",
            operation.inWords(),
            row.timing().median(),
            row.timing().mean(),
            row.primitives(),
            row.ratio(),
            verdict(operation.aim(), row.timing().mean()));
      }
      text.format("\n| primitive | median µs | mean µs |\n|---|---:|---:|\n");
      for (Primitive primitive : Primitive.values()) {
        Timing timing = timing(primitive.method());
        text.format(
            "| %s | %,.1f | %,.1f |%n", primitive.inWords(), timing.median(), timing.mean());
      }
      text.format("\n| on the wire | bytes of JSON | aim |\n|---|---:|---|\n");
      for (Size size : sizes) {
        text.format(
            "| %s | %,d | %s |%n", size.name(), size.bytes(), verdict(size.aim(), size.bytes()));
      }
      text.format(
          """

          | a file of 64 MiB, one core | MiB/s | the bare cipher, MiB/s | ratio | aim |
          |---|---:|---:|---:|---|
          """);
      formatFile(text, "seal", files.seal(), files.bareSeal());
      formatFile(text, "open", files.open(), files.bareOpen());
      text.format(
          "| hash for the upload, whole and parts | %,.0f | | | |%n", files.hash().perSecond());
      text.format("\nPrimitives that an operation can't do without:\n\n");
      for (Operation operation : Operation.values()) {
        text.format("- %s: %s%n", operation.inWords(), operation.least().inWords());
      }
      text.format(
          """

          A send goes from a prekey's JSON and a text to the request's JSON, a receive from the pushed
          JSON to the text, both under a one-time prekey, and private keys are made anew from what a
          store keeps of them. The rest of the ratio is hashes, derivations, encodings and JSON.
          A file's bare cipher is the JDK's AES-256-GCM, over the same file in pieces of 64 KiB.
          """);
      return text.toString();
    }
  }

  private static void formatFile(
      Formatter text, String name, FileRates.Rate rate, FileRates.Rate bare) {
    text.format(
        "| %s | %,.0f | %,.0f | %.2f | ≥ %.2f: %s |%n",
        name,
        rate.perSecond(),
        bare.perSecond(),
        rate.over(bare),
        FileRates.AIM,
        rate.over(bare) >= FileRates.AIM ? "met" : "**missed**");
  }

  private static String verdict(Optional<Integer> aim, double found) {
    return aim.map(
            most ->
                String.format(Locale.ROOT, "≤ %,d: %s", most, found <= most ? "met" : "**missed**"))
        .orElse("");
  }

  private Row row(Operation operation) {
    return new Row(
        operation,
        timing(operation.method()),
        operation.least().sum(primitive -> timing(primitive.method()).mean()));
  }

  private Timing timing(String method) {
    return timings.stream()
        .filter(timing -> timing.name().equals(method))
        .findFirst()
        .orElseThrow();
  }

  String toJson() {
    var operations = new ArrayList<Map<String, Object>>();
    for (Operation operation : Operation.values()) {
      Row row = row(operation);
      operations.add(
          Map.of(
              "name", operation.inWords(),
              "timing", row.timing(),
              "primitives_mean", row.primitives(),
              "ratio", row.ratio(),
              "least", operation.least().inWords()));
    }
    var primitives = new ArrayList<Timing>();
    for (Primitive primitive : Primitive.values()) {
      primitives.add(timing(primitive.method()));
    }
    return ReportJson.of(
        Map.of(
            "machine", machine.inWords(),
            "load_average", load,
            "operations", operations,
            "primitives", primitives,
            "files", files,
            "bytes", sizes.stream().collect(Collectors.toMap(Size::name, Size::bytes))));
  }
}
