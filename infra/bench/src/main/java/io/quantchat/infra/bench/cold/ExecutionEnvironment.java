package io.quantchat.infra.bench.cold;

import io.quantchat.infra.bench.cold.RuntimeApi.Call;
import io.quantchat.infra.bench.cold.RuntimeApi.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One execution environment: a process that runs one function, under the real runtime client.
 *
 * <p>Times are milliseconds. Not for several threads.
 */
final class ExecutionEnvironment implements AutoCloseable {

  /**
   * What became of an event.
   *
   * @param text what the function answered, or the error it reported
   * @param isError whether it has thrown
   * @param milliseconds from handing out the event to the answer
   */
  record Answer(String text, boolean isError, double milliseconds) {}

  /** The function couldn't be built, its process has died, or it says nothing. */
  static final class FailureException extends RuntimeException {
    private FailureException(String message) {
      super(message);
    }
  }

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Path PROCESSES = Path.of("/proc");
  private static final String PEAK_MEMORY = "VmHWM:";
  private static final int LONGEST_LOG = 8_000;

  private final RuntimeApi api;
  private final Path log;
  private final Process process;
  private final long started;

  private ExecutionEnvironment(RuntimeApi api, Path log, Process process, long started) {
    this.api = api;
    this.log = log;
    this.process = process;
    this.started = started;
  }

  /** Starts the process, and doesn't wait for it. */
  static ExecutionEnvironment start(Launch launch) throws IOException {
    RuntimeApi api = RuntimeApi.start();
    Path log = Files.createTempFile("quantchat-function", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(launch.command())
            .directory(launch.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(launch.environment());
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("LAMBDA_TASK_ROOT", launch.root().toString());
    try {
      long started = System.nanoTime();
      return new ExecutionEnvironment(api, log, builder.start(), started);
    } catch (IOException notStarted) {
      api.close();
      Files.delete(log);
      throw notStarted;
    }
  }

  /**
   * Waits until the function is built and asks for an event.
   *
   * @return how long after the process's start that was
   * @throws FailureException if it can't be built
   */
  double awaitInit() {
    return sinceStart(await(EnumSet.of(Kind.NEXT)));
  }

  /**
   * Waits until the hooks before a snapshot have run.
   *
   * @return how long after the process's start that was
   */
  double awaitCheckpoint() {
    return sinceStart(await(EnumSet.of(Kind.CHECKPOINT)));
  }

  /**
   * Goes on after the snapshot, and waits until the hooks after it have run.
   *
   * @return how long they took
   */
  double restore() {
    long began = System.nanoTime();
    api.restore();
    return (await(EnumSet.of(Kind.NEXT)).at() - began) / 1e6;
  }

  /** Hands out an event, which the function must be waiting for, and waits until it waits again. */
  Answer invoke(byte[] event) {
    long began = System.nanoTime();
    api.offer(event);
    Call answer = await(EnumSet.of(Kind.RESPONSE, Kind.ERROR));
    await(EnumSet.of(Kind.NEXT));
    return new Answer(answer.text(), answer.kind() == Kind.ERROR, (answer.at() - began) / 1e6);
  }

  /** The largest that the process's resident set has been, in KiB; empty where no one says. */
  OptionalLong peakMemory() throws IOException {
    Path status = PROCESSES.resolve(Long.toString(process.pid())).resolve("status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(PEAK_MEMORY))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst();
  }

  /** The processor time that it has used up to now; the system counts in steps of 10 ms. */
  double processorTime() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e6;
  }

  /** The end of its output. */
  String log() throws IOException {
    String text = Files.readString(log, StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.length() - LONGEST_LOG));
  }

  /** Asks the process to end, and waits until it has: a JVM writes its caches then. */
  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw failure("did not end");
    }
  }

  private double sinceStart(Call call) {
    return (call.at() - started) / 1e6;
  }

  private Call await(Set<Kind> expected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        boolean isAlive = process.isAlive();
        Call call = api.poll(BETWEEN_LOOKS);
        if (call != null && expected.contains(call.kind())) {
          return call;
        }
        if (call != null) {
          throw failure("said " + call.kind() + " " + call.text());
        }
        if (!isAlive) {
          throw failure("ended with " + process.exitValue());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure("was not waited for");
    }
    throw failure("said nothing for " + PATIENCE.toMinutes() + " minutes");
  }

  private FailureException failure(String what) {
    String said;
    try {
      said = log();
    } catch (IOException unreadable) {
      said = "(its log can't be read)";
    }
    return new FailureException("The function " + what + "\n" + said);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    api.close();
    Files.deleteIfExists(log);
  }
}
