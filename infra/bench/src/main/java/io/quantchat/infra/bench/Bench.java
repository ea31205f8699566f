package io.quantchat.infra.bench;

import io.quantchat.infra.bench.cold.ColdBench;
import io.quantchat.infra.bench.cost.CostBench;
import io.quantchat.infra.bench.encryption.EncryptionBench;
import io.quantchat.infra.bench.relay.RelayBench;
import io.quantchat.infra.bench.warm.WarmBench;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** {@code ./quantchat bench}: which benchmark, and its own arguments. */
public final class Bench {

  /** Runs on what was typed after the benchmark's name; answers the exit code. */
  @FunctionalInterface
  private interface Command {
    int run(List<String> arguments, PrintStream out) throws IOException;
  }

  private record Benchmark(String name, String question, Command command) {}

  private static final Benchmark RELAY =
      new Benchmark("relay", "how many messages a second one machine relays", RelayBench::run);

  private static final List<Benchmark> ALL =
      List.of(
          RELAY,
          new Benchmark("cold", "how long each function takes to wake", ColdBench::run),
          new Benchmark("warm", "what a request costs a function that is awake", WarmBench::run),
          new Benchmark(
              "cost", "what it costs on AWS, and which quota breaks first", CostBench::run),
          new Benchmark(
              "encryption", "what end-to-end encryption costs a client", EncryptionBench::run));

  private Bench() {}

  /** Exits with what the benchmark answers; 2 if there is none of that name. */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments), System.out));
  }

  /** Without a name, or with an option first, it is the relay's. */
  static int run(List<String> arguments, PrintStream out) throws IOException {
    if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
      return RELAY.command().run(arguments, out);
    }
    String name = arguments.getFirst();
    for (Benchmark benchmark : ALL) {
      if (benchmark.name().equals(name)) {
        return benchmark.command().run(arguments.subList(1, arguments.size()), out);
      }
    }
    out.println("There is no benchmark " + name + ". There are:");
    for (Benchmark benchmark : ALL) {
      out.printf("  %-10s %s%n", benchmark.name(), benchmark.question());
    }
    return 2;
  }
}
