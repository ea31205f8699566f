package io.quantchat.infra.bench.checkout;

import io.quantchat.infra.bench.load.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./quantchat up} of a checkout, on a free port. */
public final class Backend implements AutoCloseable {

  private static final String TEMPLATE = "template.yaml";

  /** What a bench sends is more than anybody may; older checkouts have no such parameter. */
  private static final String LIMITS = "RateLimits";

  private static final Pattern READY =
      Pattern.compile("QuantChat is ready: REST (\\S+), socket (\\S+)");

  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final Process process;
  private final Thread atExit;
  private final Endpoint instance;
  private final double ready;
  private final double processor;

  private Backend(
      Process process, Thread atExit, Endpoint instance, double ready, double processor) {
    this.process = process;
    this.atExit = atExit;
    this.instance = instance;
    this.ready = ready;
    this.processor = processor;
  }

  /**
   * Starts it with its tables in memory, which builds it where it isn't built, and waits until it
   * is ready.
   *
   * @param log where what it complains of is written
   */
  public static Backend inMemory(Checkout checkout, Path log) throws IOException {
    return start(checkout, log, List.of("--ephemeral"));
  }

  /** The same with its tables in a folder. */
  public static Backend onDisk(Checkout checkout, Path log, Path data) throws IOException {
    return start(checkout, log, List.of("--data", data.toAbsolutePath().toString()));
  }

  private static Backend start(Checkout checkout, Path log, List<String> storage)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(checkout.script().toString(), "up"));
    command.addAll(storage);
    command.addAll(List.of("--port", "0"));
    if (Files.readString(checkout.folder().resolve(TEMPLATE)).contains(LIMITS + ":")) {
      command.addAll(List.of("--parameter", LIMITS + "=false"));
    }
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(checkout.folder().toFile())
            .redirectError(log.toFile())
            .start();
    var atExit = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(atExit);
    BufferedReader said = process.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        double took = (System.nanoTime() - began) / 1e6;
        double processor = processorTime(process.toHandle());
        Thread.ofPlatform().daemon().name("said").start(() -> drop(said));
        return new Backend(process, atExit, instance(process, ready), took, processor);
      }
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
    throw new IOException(checkout.name() + " did not start; see " + log);
  }

  /** A line for each request: unread, they would fill the pipe and hold up the runner. */
  private static void drop(BufferedReader said) {
    try {
      said.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // Nothing more comes.
    }
  }

  /** The script becomes the runner: the process is the same. */
  private static Endpoint instance(Process process, Matcher ready) {
    return new Endpoint(URI.create(ready.group(1)), URI.create(ready.group(2)), process.pid());
  }

  private static double processorTime(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  /** Where it answers. */
  public Endpoint instance() {
    return instance;
  }

  /** Milliseconds from its start until it was ready. */
  public double ready() {
    return ready;
  }

  /** Milliseconds of processor time up to then. */
  public double readyProcessor() {
    return processor;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end(process);
  }

  /** With whatever it has started, such as a build. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
