package io.quantchat.infra.bench.encryption;

import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.Timing;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./quantchat bench encryption}: what end-to-end encryption costs a client. */
@Command(
    name = "encryption",
    description = "What end-to-end encryption costs a client.",
    separator = " ")
public final class EncryptionBench implements Callable<Integer> {

  private final PrintStream out;

  @Option(names = "--quick", description = "less than a minute, for a rough idea")
  private boolean quick;

  @Option(names = "--json", description = "for programs")
  private boolean json;

  /**
   * How long.
   *
   * @param rounds that measure an operation, after as many to warm up
   * @param turns that measure a file, after as many to warm up
   */
  private record Plan(int rounds, TimeValue round, int turns) {

    /** Less than two minutes. */
    static final Plan WHOLE = new Plan(3, TimeValue.milliseconds(600), 25);

    static final Plan QUICK = new Plan(2, TimeValue.milliseconds(250), 5);
  }

  public EncryptionBench(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = quick ? Plan.QUICK : Plan.WHOLE;
    Clock clock = Clock.systemUTC();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    var report =
        new EncryptionReport(
            Machine.here(clock),
            load,
            Timing.measureTogether(
                List.of(EncryptionPaths.class, Primitives.class), plan.rounds(), plan.round()),
            Size.all(clock.instant(), new SecureRandom()),
            FileRates.measure(plan.turns(), FileRates.SIZE, new SecureRandom()));
    out.print(json ? report.toJson() + "\n" : report.toMarkdown());
    return 0;
  }
}
