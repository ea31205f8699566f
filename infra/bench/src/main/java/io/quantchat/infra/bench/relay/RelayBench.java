package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.Machine;
import io.quantchat.infra.local.RunnerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./quantchat bench relay}: prints how fast the relay is on this machine. */
public final class RelayBench {

  private static final String USAGE =
      """
      Usage: ./quantchat bench [relay] [--seconds N] [--clients N] [--rate N] [--json]

        --seconds  of load on each storage (%d)
        --clients  pairs of a sender and a recipient (%d)
        --rate     messages a second when latency is measured (%d)
        --json     for programs
      """
          .formatted(Plan.DEFAULT.seconds(), Plan.DEFAULT.clients(), Plan.DEFAULT.rate());

  private RelayBench() {}

  /** Answers 0 if nothing was lost, 1 if a message was, 2 if the arguments can't be read. */
  public static int run(List<String> arguments, PrintStream out) throws IOException {
    RelayOptions options;
    try {
      options = RelayOptions.parse(arguments);
    } catch (IllegalArgumentException unreadable) {
      out.println(unreadable.getMessage());
      out.print(USAGE);
      return 2;
    }
    if (options.help()) {
      out.print(USAGE);
      return 0;
    }
    List<StorageResult> results = new ArrayList<>();
    results.add(inMemory(options.plan()));
    results.add(onDisk(options.plan()));
    Report report = new Report(Machine.here(Clock.systemUTC()), options.plan(), results);
    out.print(options.json() ? report.toJson() + "\n" : report.toMarkdown());
    return results.stream().allMatch(result -> result.fate().lost() == 0) ? 0 : 1;
  }

  static StorageResult inMemory(Plan plan) throws IOException {
    try (RunnerProcess runner = RunnerProcess.inMemory(List.of())) {
      return new RelayRun(runner.instance(), plan).run("in memory");
    }
  }

  static StorageResult onDisk(Plan plan) throws IOException {
    Path folder = Files.createTempDirectory("quantchat-bench");
    try (RunnerProcess runner = RunnerProcess.onDisk(folder, List.of())) {
      return new RelayRun(runner.instance(), plan).run("on disk");
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
