package io.quantchat.infra.bench.start;

import io.quantchat.infra.bench.checkout.Backend;
import io.quantchat.infra.bench.checkout.Checkout;
import io.quantchat.infra.bench.load.Load;
import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.start.Beginning.Sent;
import io.quantchat.infra.local.RunningInstance;
import io.quantchat.infra.local.terminal.Typed;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./quantchat bench start}: prints how soon a person can begin. */
@Command(
    name = "start",
    description = "How soon a person on one machine can begin, beside another commit.",
    separator = " ")
public final class StartBench implements Callable<Integer> {

  /** How long the steady rate is measured, after the load that leads to it. */
  private static final Duration STEADY = Duration.ofSeconds(20);

  @Spec private CommandSpec spec;

  private final PrintStream out;

  @Mixin private final StartOptions options = new StartOptions();

  public StartBench(PrintStream out) {
    this.out = out;
  }

  /** Answers 0; what goes wrong on the way travels. */
  @Override
  public Integer call() throws IOException {
    if (RunningInstance.read(RunningInstance.file()).isPresent()) {
      throw Typed.unusable(
          spec, "An instance runs here, and would be measured with the others: stop it first.");
    }
    Path home = Path.of(System.getProperty("quantchat.home", "."));
    List<Checkout> checkouts = new ArrayList<>();
    try {
      for (String each : options.against()) {
        checkouts.add(against(home, each));
      }
      checkouts.add(Checkout.of("working tree", home));
      StartReport report = measure(checkouts, options);
      out.print(options.json() ? report.toJson() + "\n" : report.toMarkdown());
    } finally {
      close(checkouts);
    }
    return 0;
  }

  private Checkout against(Path home, String commitOrFolder) throws IOException {
    try {
      return Checkout.against(home, commitOrFolder);
    } catch (IllegalArgumentException noCommit) {
      throw Typed.unusable(spec, noCommit.getMessage());
    }
  }

  private static void close(List<Checkout> checkouts) throws IOException {
    for (Checkout checkout : checkouts) {
      checkout.close();
    }
  }

  /** The first round doesn't count: it builds, and brings files into memory. */
  private static StartReport measure(List<Checkout> checkouts, StartOptions options)
      throws IOException {
    List<StartReport.Series> all = new ArrayList<>();
    for (Checkout checkout : checkouts) {
      all.add(new StartReport.Series(checkout.name(), new ArrayList<>()));
    }
    List<Double> loads = new ArrayList<>();
    for (int round = 0; round <= options.runs(); round++) {
      loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      for (int i = 0; i < checkouts.size(); i++) {
        // Who goes first in one round goes last in the next.
        int turn = round % 2 == 0 ? i : checkouts.size() - 1 - i;
        Beginning beginning = begin(checkouts.get(turn), options);
        System.err.printf("%s: %s%n", checkouts.get(turn).name(), beginning);
        if (round > 0) {
          all.get(turn).beginnings().add(beginning);
        }
      }
    }
    return new StartReport(
        Machine.here(Clock.systemUTC()), options.runs(), options.seconds(), loads, all);
  }

  private static Beginning begin(Checkout checkout, StartOptions options) throws IOException {
    Path folder = Files.createTempDirectory("quantchat-start").toRealPath();
    try (Backend backend = Backend.inMemory(checkout, folder.resolve("errors"))) {
      Load.Relayed first;
      List<Load.Relayed> steady = new ArrayList<>();
      try (Load load = Load.meet(backend.instance(), options.pairs())) {
        first = load.during(Duration.ofSeconds(options.seconds()));
        if (options.steady() > 0) {
          load.during(Duration.ofSeconds(options.steady()));
          steady.add(load.during(STEADY));
        }
      }
      return new Beginning(
          backend.ready(),
          backend.readyProcessor(),
          first,
          steady,
          sends(new Commands(checkout, backend.instance().restUrl(), folder), options.sends()));
    } finally {
      Checkout.delete(folder);
    }
  }

  private static List<Sent> sends(Commands commands, int count) throws IOException {
    List<Sent> sends = new ArrayList<>();
    if (count > 0) {
      commands.prepare();
    }
    for (int i = 0; i < count; i++) {
      sends.add(commands.send());
    }
    return sends;
  }
}
