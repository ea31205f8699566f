package io.quantchat.infra.bench.start;

import io.quantchat.infra.local.terminal.Typed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code bench start}. */
final class StartOptions {

  private static final int MOST = 999;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private int runs;
  private int seconds;
  private int steady;
  private int pairs;
  private int sends;

  @Option(
      names = "--against",
      paramLabel = "COMMIT",
      description =
          "compare with this commit, built in a temporary folder; or with a folder that holds a"
              + " checkout. May be repeated")
  private List<String> against = new ArrayList<>();

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "starts of each that count (default ${DEFAULT-VALUE})")
  void runs(String typed) {
    runs = Typed.number(spec, "--runs", typed, 1, MOST);
  }

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "of load once it is ready (default ${DEFAULT-VALUE})")
  void seconds(String typed) {
    seconds = Typed.number(spec, "--seconds", typed, 1, MOST);
  }

  @Option(
      names = "--steady",
      paramLabel = "N",
      defaultValue = "0",
      description = "seconds of load after which the rate is measured once more (0: not)")
  void steady(String typed) {
    steady = Typed.number(spec, "--steady", typed, 0, MOST);
  }

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "8",
      description = "of a sender and a recipient (default ${DEFAULT-VALUE})")
  void pairs(String typed) {
    pairs = Typed.number(spec, "--pairs", typed, 1, MOST);
  }

  @Option(
      names = "--sends",
      paramLabel = "N",
      defaultValue = "3",
      description = "messages sent from the command line in each run (default ${DEFAULT-VALUE})")
  void sends(String typed) {
    sends = Typed.number(spec, "--sends", typed, 0, MOST);
  }

  /** Commits, or folders of checkouts, to compare with. */
  List<String> against() {
    return Collections.unmodifiableList(against);
  }

  /** Starts of each that count. */
  int runs() {
    return runs;
  }

  /** Seconds of the first load. */
  int seconds() {
    return seconds;
  }

  /** Seconds of load after which it is measured once more; 0: not at all. */
  int steady() {
    return steady;
  }

  /** Pairs of a sender and a recipient. */
  int pairs() {
    return pairs;
  }

  /** Commands that send a message in each run. */
  int sends() {
    return sends;
  }

  /** Whether a program reads the result. */
  boolean json() {
    return json;
  }
}
