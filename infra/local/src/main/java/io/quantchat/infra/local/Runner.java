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
 * <p>Exits 1 if it can't start and 2 if its arguments can't be understood, with one sentence each;
 * 130 after Ctrl-C and 143 after SIGTERM.
 */
public final class Runner {

  /** System property: the project's folder; the current one where it isn't set. */
  private static final String HOME_PROPERTY = "quantchat.home";

  /** Who has pressed Ctrl-C waits no longer. */
  static final Duration LONGEST_STOP = Duration.ofMillis(2_500);

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
    System.out.printf(
        "QuantChat is ready: REST %s, socket %s%n", gateway.restUrl(), gateway.socketUrl());
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

  private static void stop(LocalGateway gateway, RunningInstance instance) {
    instance.remove(RunningInstance.file());
    within(LONGEST_STOP, gateway::close);
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
