package io.quantchat.infra.bench.cold;

import io.quantchat.infra.local.terminal.Typed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code bench cold}. */
final class ColdOptions {

  private static final int MOST_RUNS = 200;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private int runs;
  private final Set<Variant> variants = EnumSet.noneOf(Variant.class);

  @Option(
      names = "--function",
      paramLabel = "NAME",
      defaultValue = "",
      description = "only requests whose name holds this, such as relay")
  private String only;

  @Option(
      names = "--zip",
      paramLabel = "FILE",
      description = "this package in the place of the functions'")
  private Path zip;

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "one more option for every JVM, ours and the baseline's; may be repeated")
  private List<String> jvmOptions = new ArrayList<>();

  @Option(names = "--chart", paramLabel = "FILE", description = "write the chart as SVG")
  private Path chart;

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "9",
      description = "how often each is started (default ${DEFAULT-VALUE})")
  void runs(String typed) {
    runs = Typed.number(spec, "--runs", typed, 1, MOST_RUNS);
  }

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = "only packaged, baseline, restored or archived; may be repeated")
  void variants(List<String> typed) {
    typed.forEach(name -> variants.add(variant(name)));
  }

  private Variant variant(String name) {
    for (Variant variant : Variant.values()) {
      if (variant.name().equalsIgnoreCase(name)) {
        return variant;
      }
    }
    throw Typed.unusable(spec, "There is no variant " + name + ".");
  }

  /** How often each is started. */
  int runs() {
    return runs;
  }

  /** A part of the names of the scenarios that are wanted, in lower case; empty for all. */
  String only() {
    return only.toLowerCase(Locale.ROOT);
  }

  /** The ways of starting a function. */
  Set<Variant> variants() {
    return variants.isEmpty() ? EnumSet.allOf(Variant.class) : EnumSet.copyOf(variants);
  }

  /** Another package in the place of ours. */
  Optional<Path> zip() {
    return Optional.ofNullable(zip);
  }

  /** More options for every JVM. */
  List<String> jvmOptions() {
    return Collections.unmodifiableList(jvmOptions);
  }

  /** Where to write the chart. */
  Optional<Path> chart() {
    return Optional.ofNullable(chart);
  }

  /** Whether a program reads the result. */
  boolean json() {
    return json;
  }
}
