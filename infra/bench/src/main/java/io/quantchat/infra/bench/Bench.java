package io.quantchat.infra.bench;

import io.quantchat.infra.bench.cold.ColdBench;
import io.quantchat.infra.bench.cost.CostBench;
import io.quantchat.infra.bench.encryption.EncryptionBench;
import io.quantchat.infra.bench.relay.RelayBench;
import io.quantchat.infra.bench.start.StartBench;
import io.quantchat.infra.bench.warm.WarmBench;
import io.quantchat.infra.local.terminal.Typed;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./quantchat bench}: which benchmark, and its own options. */
@Command(
    name = "./quantchat bench",
    description = "Measure, each beside a baseline in the same run; without a name, the relay.",
    footer = "%n`./quantchat bench NAME --help` lists a benchmark's options.")
public final class Bench implements Callable<Integer> {

  private static final String RELAY = "relay";
  private static final Set<String> HELP = Set.of("-h", "--help");

  @Spec private CommandSpec spec;

  private Bench() {}

  /** Exits with the benchmark's own code; 2 if what was typed can't be read. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out));
  }

  /** Without a name, or with an option first, it is the relay's. */
  public static int run(List<String> arguments, PrintStream out) {
    CommandSpec bench = CommandSpec.forAnnotatedObject(new Bench());
    bench.addSubcommand(RELAY, CommandSpec.forAnnotatedObject(new RelayBench(out)));
    bench.addSubcommand("start", CommandSpec.forAnnotatedObject(new StartBench(out)));
    bench.addSubcommand("cold", CommandSpec.forAnnotatedObject(new ColdBench(out)));
    bench.addSubcommand("warm", CommandSpec.forAnnotatedObject(new WarmBench(out)));
    bench.addSubcommand("cost", new CostBench(out).command());
    bench.addSubcommand("encryption", CommandSpec.forAnnotatedObject(new EncryptionBench(out)));
    List<String> words = new ArrayList<>(arguments);
    if (words.isEmpty() || (words.getFirst().startsWith("-") && !HELP.contains(words.getFirst()))) {
      words.addFirst(RELAY);
    }
    return Typed.of(bench, out, out).run(words);
  }

  /** Only after {@code --}, which stands for no benchmark. */
  @Override
  public Integer call() {
    throw Typed.unusable(spec, "Which benchmark?");
  }
}
