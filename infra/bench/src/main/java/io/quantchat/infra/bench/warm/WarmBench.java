package io.quantchat.infra.bench.warm;

import io.quantchat.infra.bench.Machine;
import io.quantchat.infra.bench.Timing;
import io.quantchat.relay.EnvelopePaths;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code ./quantchat bench warm}: what a request costs a function that is awake. */
public final class WarmBench {

  private static final String USAGE =
      """
      Usage: ./quantchat bench warm [--quick] [--json]

        --quick  a few seconds, for a rough idea
        --json   for programs
      """;

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

  private WarmBench() {}

  /** Exits 0, or 2 if the arguments can't be read. */
  public static int run(List<String> arguments, PrintStream out) throws IOException {
    Plan plan = Plan.WHOLE;
    boolean json = false;
    for (String option : arguments) {
      switch (option) {
        case "--quick" -> plan = Plan.QUICK;
        case "--json" -> json = true;
        case "--help", "-h" -> {
          out.print(USAGE);
          return 0;
        }
        default -> {
          out.println("Unknown option " + option);
          out.print(USAGE);
          return 2;
        }
      }
    }
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
