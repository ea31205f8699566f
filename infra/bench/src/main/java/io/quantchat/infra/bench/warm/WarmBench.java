package io.quantchat.infra.bench.warm;

import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.Timing;
import io.quantchat.relay.EnvelopePaths;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./quantchat bench warm}: what a request costs a function that is awake. */
@Command(
    name = "warm",
    description = "What a request costs a function that is awake.",
    separator = " ")
public final class WarmBench implements Callable<Integer> {

  private final PrintStream out;

  @Option(names = "--quick", description = "a few seconds, for a rough idea")
  private boolean quick;

  @Option(names = "--json", description = "for programs")
  private boolean json;

  /**
   * How long.
   *
   * @param rounds that measure a path, after as many to warm up, in a JVM of its own
   * @param sends how long sends are measured against the database, after two thirds as long to warm
   *     up
   */
  private record Plan(int rounds, TimeValue round, Duration sends) {

    /** Less than three minutes. */
    static final Plan WHOLE = new Plan(4, TimeValue.seconds(1), Duration.ofSeconds(30));

    static final Plan QUICK = new Plan(2, TimeValue.milliseconds(300), Duration.ofSeconds(4));
  }

  public WarmBench(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = quick ? Plan.QUICK : Plan.WHOLE;
    SendRatio.Medians sends;
    try (SendRatio ratio = new SendRatio()) {
      sends = ratio.measure(plan.sends().dividedBy(3), plan.sends());
    }
    var report = new WarmReport(Machine.here(Clock.systemUTC()), paths(plan), sends);
    out.print(json ? report.toJson() + "\n" : report.toMarkdown());
    return 0;
  }

  private static List<Timing> paths(Plan plan) {
    return Timing.measureApart(
        List.of(HotPaths.class, EnvelopePaths.class), plan.rounds(), plan.round());
  }
}
