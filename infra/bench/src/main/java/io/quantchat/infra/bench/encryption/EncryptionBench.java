package io.quantchat.infra.bench.encryption;

import io.quantchat.infra.bench.Machine;
import io.quantchat.infra.bench.Timing;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code ./quantchat bench encryption}: what end-to-end encryption costs a client. */
public final class EncryptionBench {

  private static final String USAGE =
      """
      Usage: ./quantchat bench encryption [--quick] [--json]

        --quick  less than a minute, for a rough idea
        --json   for programs
      """;

  /**
   * How long.
   *
   * @param rounds that measure an operation, after as many to warm up
   */
  private record Plan(int rounds, TimeValue round) {

    /** Less than two minutes. */
    static final Plan WHOLE = new Plan(3, TimeValue.milliseconds(600));

    static final Plan QUICK = new Plan(2, TimeValue.milliseconds(250));
  }

  private EncryptionBench() {}

  /** Exits 0, or 2 if the arguments can't be read. */
  public static int run(List<String> arguments, PrintStream out) {
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
    Clock clock = Clock.systemUTC();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    var report =
        new EncryptionReport(
            Machine.here(clock),
            load,
            Timing.measureTogether(
                List.of(EncryptionPaths.class, Primitives.class), plan.rounds(), plan.round()),
            Size.all(clock.instant(), new SecureRandom()));
    out.print(json ? report.toJson() + "\n" : report.toMarkdown());
    return 0;
  }
}
