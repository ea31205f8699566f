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

  private static final Set<Variant> OTHERS = EnumSet.of(Variant.OTHER, Variant.OTHER_RESTORED);
  private static final Set<Variant> OURS = EnumSet.complementOf(EnumSet.copyOf(OTHERS));

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
      names = "--against",
      paramLabel = "FILE",
      description = "another package of the functions, too: started and restored in each round")
  private Path against;

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
      if (variant.name().equalsIgnoreCase(name) && !variant.isOther()) {
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
    Set<Variant> started = EnumSet.copyOf(variants.isEmpty() ? OURS : variants);
    if (against != null) {
      started.addAll(OTHERS);
    }
    return started;
  }

  /** Another package in the place of ours. */
  Optional<Path> zip() {
    return Optional.ofNullable(zip);
  }

  /** Another package of the functions, beside ours in the same run. */
  Optional<Path> against() {
    return Optional.ofNullable(against);
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
