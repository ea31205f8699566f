package io.quantchat.infra.bench.report;

import java.util.List;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.runner.options.WarmupMode;
import org.openjdk.jmh.util.Statistics;

/**
 * One call's cost, by JMH.
 *
 * @param name the method's
 * @param median in microseconds: what others do on the machine leaves it alone, unlike a mean
 * @param mean in microseconds: means add up, medians don't
 * @param p90 nine of ten calls took no longer, in microseconds
 * @param bytes allocated
 */
public record Timing(String name, double median, double mean, double p90, double bytes) {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /**
   * Measures every benchmark of some classes, each in a JVM of its own.
   *
   * @param rounds that measure, after as many to warm up
   */
  public static List<Timing> measureApart(List<Class<?>> classes, int rounds, TimeValue round) {
    return measure(classes, rounds, round, options -> options.forks(1));
  }

  /**
   * Measures every benchmark of some classes in this JVM, after warming all of them up: for those
   * that share most of their code, and so its compilation.
   *
   * @param rounds that measure, after as many to warm up
   */
  public static List<Timing> measureTogether(List<Class<?>> classes, int rounds, TimeValue round) {
    return measure(classes, rounds, round, options -> options.forks(0).warmupMode(WarmupMode.BULK));
  }

  private static List<Timing> measure(
      List<Class<?>> classes,
      int rounds,
      TimeValue round,
      UnaryOperator<ChainedOptionsBuilder> where) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .warmupIterations(rounds)
            .warmupTime(round)
            .measurementIterations(rounds)
            .measurementTime(round)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    classes.forEach(each -> options.include(each.getName().replace(".", "\\.") + "\\."));
    try {
      return new Runner(where.apply(options).build()).run().stream().map(Timing::of).toList();
    } catch (RunnerException failed) {
      throw new IllegalStateException("JMH could not measure", failed);
    }
  }

  private static Timing of(RunResult result) {
    Statistics times = result.getPrimaryResult().getStatistics();
    return new Timing(
        result.getPrimaryResult().getLabel(),
        times.getPercentile(50),
        times.getMean(),
        times.getPercentile(90),
        result.getSecondaryResults().get(ALLOCATED).getScore());
  }
}
