package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.local.RunnerProcess;
import io.quantchat.infra.local.database.OwnDatabase;
import io.quantchat.infra.local.terminal.Typed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./quantchat bench relay}: prints how fast the relay is on this machine. */
@Command(
    name = "relay",
    description = "How many messages a second one machine relays, and how fast they arrive.",
    separator = " ")
public final class RelayBench implements Callable<Integer> {

  private static final int LONGEST = 600;
  private static final int MOST_CLIENTS = 200;
  private static final int HIGHEST_RATE = 100_000;

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private Plan plan = Plan.DEFAULT;

  @Option(names = "--json", description = "for programs")
  private boolean json;

  public RelayBench(PrintStream out) {
    this.out = out;
  }

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "of load on each storage (default " + Plan.DEFAULT_SECONDS + ")")
  void seconds(String typed) {
    int seconds = Typed.number(spec, "--seconds", typed, 1, LONGEST);
    plan = new Plan(seconds, plan.clients(), plan.rate());
  }

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "pairs of a sender and a recipient (default " + Plan.DEFAULT_CLIENTS + ")")
  void clients(String typed) {
    int clients = Typed.number(spec, "--clients", typed, 1, MOST_CLIENTS);
    plan = new Plan(plan.seconds(), clients, plan.rate());
  }

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "messages a second when latency is measured (default " + Plan.DEFAULT_RATE + ")")
  void rate(String typed) {
    int rate = Typed.number(spec, "--rate", typed, 1, HIGHEST_RATE);
    plan = new Plan(plan.seconds(), plan.clients(), rate);
  }

  /** Answers 0 if nothing was lost, 1 if a message was. */
  @Override
  public Integer call() throws IOException {
    List<StorageResult> results = new ArrayList<>();
    results.add(inMemory(plan));
    results.add(onDisk(plan));
    Report report = new Report(Machine.here(Clock.systemUTC()), plan, results);
    out.print(json ? report.toJson() + "\n" : report.toMarkdown());
    return results.stream().allMatch(result -> result.fate().lost() == 0) ? 0 : 1;
  }

  static StorageResult inMemory(Plan plan) throws IOException {
    try (RunnerProcess runner = RunnerProcess.inMemory(List.of())) {
      return new RelayRun(runner.instance(), OwnDatabase.inMemory(), plan).run("in memory");
    }
  }

  static StorageResult onDisk(Plan plan) throws IOException {
    Path folder = Files.createTempDirectory("quantchat-bench");
    try (RunnerProcess runner = RunnerProcess.onDisk(folder.resolve("relay"), List.of())) {
      return new RelayRun(runner.instance(), OwnDatabase.onDisk(folder.resolve("puts")), plan)
          .run("on disk");
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
