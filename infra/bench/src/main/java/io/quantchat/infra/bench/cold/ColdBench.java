package io.quantchat.infra.bench.cold;

import io.quantchat.infra.bench.report.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./quantchat bench cold}: prints how long each function takes to wake. */
@Command(name = "cold", description = "How long each function takes to wake.", separator = " ")
public final class ColdBench implements Callable<Integer> {

  private static final Path PACKAGE = Path.of("functions/target/quantchat-functions.zip");
  private static final Path BASELINE =
      Path.of("infra/bench/baseline/target/quantchat-bench-baseline.zip");
  private static final Path TEMPLATE = Path.of("template.yaml");

  private final PrintStream out;

  @Mixin private final ColdOptions options = new ColdOptions();

  public ColdBench(PrintStream out) {
    this.out = out;
  }

  /** Answers 0; what goes wrong in a function travels. */
  @Override
  public Integer call() throws IOException {
    ColdReport report =
        new ColdReport(Machine.here(Clock.systemUTC()), options.runs(), measure(options));
    out.print(options.json() ? report.toJson() + "\n" : report.toMarkdown());
    if (options.chart().isPresent()) {
      Files.writeString(options.chart().get(), report.toSvg());
    }
    return 0;
  }

  private static List<Samples> measure(ColdOptions options) throws IOException {
    Path home = Path.of(System.getProperty("quantchat.home", "."));
    Path scratch = Files.createTempDirectory("quantchat-cold").toRealPath();
    ManagedRuntime runtime = ManagedRuntime.in(scratch);
    Certificate certificate = Certificate.in(scratch);
    List<String> flags = new ArrayList<>(certificate.options());
    flags.addAll(options.jvmOptions());
    try (Backend backend = Backend.start(home.resolve(TEMPLATE), certificate);
        UnzippedPackage packaged = UnzippedPackage.of(options.zip().orElse(home.resolve(PACKAGE)));
        UnzippedPackage baseline = UnzippedPackage.of(home.resolve(BASELINE));
        UnzippedPackage other =
            UnzippedPackage.of(options.against().or(options::zip).orElse(home.resolve(PACKAGE)))) {
      Functions functions =
          new Functions(backend, runtime, packaged, baseline, other, flags, scratch);
      List<Scenario> scenarios =
          Scenarios.prepare(functions).stream()
              .filter(scenario -> scenario.name().toLowerCase(Locale.ROOT).contains(options.only()))
              .toList();
      if (options.variants().contains(Variant.ARCHIVED)) {
        train(functions, scenarios);
      }
      return play(new Life(functions, backend), scenarios, options);
    } finally {
      UnzippedPackage.delete(scratch);
    }
  }

  private static void train(Functions functions, List<Scenario> scenarios) throws IOException {
    var byFunction = scenarios.stream().collect(Collectors.groupingBy(Scenario::function));
    try {
      for (var function : byFunction.entrySet()) {
        functions.train(function.getKey(), function.getValue());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while training", interrupted);
    }
  }

  /**
   * Each variant once in each round, so that whatever else the machine does meets all alike. The
   * first round doesn't count: it brings files into memory.
   */
  private static List<Samples> play(Life life, List<Scenario> scenarios, ColdOptions options)
      throws IOException {
    List<Samples> results = new ArrayList<>();
    scenarios.forEach(scenario -> results.add(new Samples(scenario.name())));
    for (int round = 0; round <= options.runs(); round++) {
      for (int i = 0; i < scenarios.size(); i++) {
        for (Variant variant : options.variants()) {
          Sample sample = life.of(scenarios.get(i), variant);
          if (round > 0) {
            results.get(i).add(variant, sample);
          }
        }
      }
    }
    return results;
  }
}
