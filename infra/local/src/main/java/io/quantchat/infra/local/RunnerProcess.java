package io.quantchat.infra.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The runner in a process of its own, with this one's Java, class path and flags: what {@code
 * ./quantchat up} starts, for those who must not share a heap with it, or mean to kill it. It
 * limits nobody.
 */
public final class RunnerProcess implements AutoCloseable {

  private static final String MAIN_CLASS = "io.quantchat.infra.local.Runner";

  /** System property: the template that the runner is to read. */
  static final String TEMPLATE_PROPERTY = "quantchat.template";

  static final int ANY_PORT = 0;

  /** Whoever starts one registers as many people as it likes, all of them from one address. */
  static final Map<String, String> WITHOUT_LIMITS = Map.of("RateLimits", "false");

  private static final String TOLD = "running.json";
  private static final String LOG = "log";

  /** System property: true where the runner is to end with the process that started it. */
  static final String TIED_PROPERTY = "quantchat.tied";

  /** What a process exits with that was hung up on: 128 and the number of SIGHUP. */
  static final int HUNG_UP = 129;

  /** Far beyond what the slowest machine takes: only a runner that hangs is given up. */
  private static final Duration LONGEST_START = Duration.ofMinutes(10);

  private static final Duration LONGEST_STOP = Duration.ofMinutes(2);
  private static final int LONGEST_COMPLAINT = 2_000;

  /** Below those that Linux, macOS and Windows give to whoever asks for any. */
  private static final int FIRST_LASTING_PORT = 20_000;

  private static final int LASTING_PORTS = 10_000;

  private final Process process;
  private final Path folder;
  private final RunningInstance instance;

  private RunnerProcess(Process process, Path folder, RunningInstance instance) {
    this.process = process;
    this.folder = folder;
    this.instance = instance;
  }

  /** Starts one on a free port that keeps its tables in memory, and waits until it is ready. */
  public static RunnerProcess inMemory(List<String> jvmOptions) {
    return start(ANY_PORT, List.of("--ephemeral"), jvmOptions);
  }

  /** Starts one on a free port that keeps its tables here, and waits until it is ready. */
  public static RunnerProcess onDisk(Path data, List<String> jvmOptions) {
    return onDisk(data, ANY_PORT, jvmOptions);
  }

  /** The same on a port of the caller's choice, as where one that was killed is to come back. */
  public static RunnerProcess onDisk(Path data, int port, List<String> jvmOptions) {
    return start(port, List.of("--data", data.toAbsolutePath().toString()), jvmOptions);
  }

  /**
   * A free port for one that is to end and to come back: unlike one of the system's choice, nobody
   * is given it meanwhile.
   */
  public static int portToComeBackTo() {
    return new SplittableRandom()
        .ints(LASTING_PORTS, FIRST_LASTING_PORT, FIRST_LASTING_PORT + LASTING_PORTS)
        .filter(RunnerProcess::isFree)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No port is free"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static RunnerProcess start(int port, List<String> storage, List<String> jvmOptions) {
    try {
      Path folder = Files.createTempDirectory("quantchat-runner");
      Path told = folder.resolve(TOLD);
      Path log = folder.resolve(LOG);
      Process process =
          new ProcessBuilder(command(told, port, storage, jvmOptions))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      // One that is told to end doesn't wait for the runner to notice.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      try {
        return new RunnerProcess(process, folder, awaitReady(process, told, log));
      } catch (IllegalStateException notReady) {
        delete(folder);
        throw notReady;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The runner can't be started", e);
    }
  }

  private static List<String> command(
      Path told, int port, List<String> storage, List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(RunnerProcess::isInherited)
        .forEach(command::add);
    command.add("-D" + RunningInstance.FILE_PROPERTY + "=" + told);
    command.add("-D" + TIED_PROPERTY + "=true");
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
    command.addAll(List.of("--port", Integer.toString(port)));
    Optional.ofNullable(System.getProperty(TEMPLATE_PROPERTY))
        .ifPresent(template -> command.addAll(List.of("--template", template)));
    WITHOUT_LIMITS.forEach(
        (name, value) -> command.addAll(List.of("--parameter", name + "=" + value)));
    command.addAll(storage);
    return command;
  }

  private static boolean isInherited(String jvmOption) {
    return jvmOption.startsWith("--enable-native-access")
        || jvmOption.startsWith("-XX:")
        || jvmOption.startsWith("-Dquantchat.home=")
        || jvmOption.startsWith("-Dhttp.");
  }

  private static RunningInstance awaitReady(Process process, Path told, Path log)
      throws IOException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<RunningInstance> ready = RunningInstance.read(told);
      if (ready.isPresent()) {
        return ready.get();
      }
      if (waitedFor(process, Duration.ofMillis(20))) {
        throw new IllegalStateException("The runner did not start:\n" + endOf(log));
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException(
        "The runner was not ready within %d minutes:%n%s"
            .formatted(LONGEST_START.toMinutes(), endOf(log)));
  }

  private static boolean waitedFor(Process process, Duration longest) {
    try {
      return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the runner", e);
    }
  }

  private static String endOf(Path log) throws IOException {
    String said = Files.readString(log);
    return said.substring(Math.max(0, said.length() - LONGEST_COMPLAINT));
  }

  /**
   * For the runner itself: ends this process, where it was started by this class, when the one that
   * did so is gone, even if that was killed. Its standard input comes from there, and ends then.
   */
  static void endWithParent() {
    if (Boolean.getBoolean(TIED_PROPERTY)) {
      Thread.ofPlatform().daemon().name("parent").start(RunnerProcess::awaitParentsEnd);
    }
  }

  private static void awaitParentsEnd() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // As good as its end.
    }
    System.exit(HUNG_UP);
  }

  /** Where it answers. */
  public RunningInstance instance() {
    return instance;
  }

  /** The file with all that it has said, and with the lines of its requests. */
  public Path log() {
    return folder.resolve(LOG);
  }

  /** The file in which it tells others where it answers. */
  public Path told() {
    return folder.resolve(TOLD);
  }

  /** Ends it as {@code kill -9} does: nothing of its own runs any more. */
  public void kill() {
    process.destroyForcibly();
    waitedFor(process, LONGEST_STOP);
  }

  /** Stops it as SIGTERM does, and removes what it logged. */
  @Override
  public void close() {
    process.destroy();
    if (!waitedFor(process, LONGEST_STOP)) {
      kill();
    }
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove " + folder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(LOG));
    Files.deleteIfExists(folder.resolve(TOLD));
    Files.deleteIfExists(folder);
  }
}
