package io.quantchat.infra.local;

import io.quantchat.infra.local.terminal.Typed;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the system until it is told to stop.
 *
 * <p>Told to stop, it ends what runs, says goodbye to its sockets, and is gone within {@link
 * #LONGEST_STOP} after Ctrl-C and 10 s after SIGTERM; told so twice, it is gone at once.
 *
 * <p>Exits 1 if it can't start and 2 if its arguments can't be understood, with one sentence each;
 * 130 after Ctrl-C and 143 after SIGTERM.
 */
public final class Runner {

  /** System property: the project's folder; the current one where it isn't set. */
  static final String HOME_PROPERTY = "quantchat.home";

  /** Who has pressed Ctrl-C waits no longer. */
  static final Duration LONGEST_STOP = Duration.ofMillis(2_500);

  /** Nobody watches a service end: its requests get longer. */
  private static final Duration LONGEST_STOP_OF_SERVICE = Duration.ofSeconds(10);

  /** Of either, what is kept for all that comes after the requests. */
  private static final Duration AFTER_DRAIN = Duration.ofMillis(1_500);

  private static volatile Duration longestStop = LONGEST_STOP;

  private Runner() {}

  public static void main(String[] arguments) {
    RunnerProcess.endWithParent();
    Path home = Path.of(System.getProperty(HOME_PROPERTY, ""));
    UpCommand up = new UpCommand(home, System.out::println, Runner::run);
    System.exit(Typed.of(up, System.out, System.err).run(List.of(arguments)));
  }

  private static int run(Options options) throws InterruptedException {
    try {
      serve(options);
      return 0;
    } catch (StartFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private static void serve(Options options) throws StartFailure, InterruptedException {
    LocalGateway gateway = LocalGateway.start(options);
    RunningInstance instance = gateway.instance();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway, instance), "stop"));
    StopSignals.hear(Runner::exit, signal -> Runtime.getRuntime().halt(exitCode(signal)));
    gateway
        .clientHash()
        .ifPresent(
            hash ->
                System.out.printf(
                    "Open %s in a browser (build %s)%n",
                    gateway.clientUrl(), hash.substring(0, 16)));
    System.out.printf(
        "QuantChat is ready: REST %s, socket %s%n", gateway.restUrl(), gateway.socketUrl());
    gateway.metricsUrl().ifPresent(url -> System.out.printf("Metrics: %s%n", url));
    if (System.out.checkError()) {
      System.err.println("It runs, but where can't be written to its output.");
    }
    tell(instance);
    new CountDownLatch(1).await();
  }

  private static void tell(RunningInstance instance) {
    try {
      instance.write(RunningInstance.file());
    } catch (UncheckedIOException e) {
      System.err.println("Other commands won't find this instance: " + e.getMessage());
    }
  }

  /** A file that can't be removed must not keep the rest from ending in order. */
  private static void forget(RunningInstance instance) {
    try {
      instance.remove(RunningInstance.file());
    } catch (UncheckedIOException e) {
      System.err.println(e.getMessage());
    }
  }

  private static void exit(int signal) {
    if (signal == StopSignals.SIGTERM) {
      longestStop = LONGEST_STOP_OF_SERVICE;
    }
    System.exit(exitCode(signal));
  }

  private static int exitCode(int signal) {
    return StopSignals.EXIT_CODE + signal;
  }

  private static void stop(LocalGateway gateway, RunningInstance instance) {
    forget(instance);
    Duration longest = longestStop;
    within(longest, () -> gateway.close(longest.minus(AFTER_DRAIN)));
  }

  /** Does this as far as it comes: whatever hangs is left to the end of the process. */
  static void within(Duration longest, Runnable close) {
    Thread closing = Thread.ofPlatform().daemon().name("close").start(close);
    try {
      closing.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
