package io.quantchat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A chat in a process of its own, in a pipe. */
final class ChatProcess implements AutoCloseable {

  /** For a machine that does much else; what comes, comes long before. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Process process;
  private final Writer typed;
  private final List<String> printed = new ArrayList<>();
  private final Thread reading;

  private ChatProcess(Process process) {
    this.process = process;
    this.typed = process.outputWriter(StandardCharsets.UTF_8);
    this.reading = Thread.ofVirtual().start(this::read);
  }

  static ChatProcess start(Path store, String who, String... options) {
    List<String> command = command();
    command.addAll(List.of("chat", who, "--store", store.toString(), "--secrets-from", "-"));
    command.addAll(List.of(options));
    try {
      var chat = new ChatProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
      chat.say(Terminal.PASSPHRASE);
      return chat;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program as the script starts it. */
  static List<String> command() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
  }

  void say(String line) {
    try {
      typed.write(line + "\n");
      typed.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (printed) {
          printed.add(line);
          printed.notifyAll();
        }
      }
    } catch (IOException killed) {
      // What it had printed by then was read.
    }
  }

  /** All lines so far. */
  List<String> printed() {
    synchronized (printed) {
      return List.copyOf(printed);
    }
  }

  /** Waits until so many lines like this were printed. */
  void await(int lines, Predicate<String> like) {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    synchronized (printed) {
      while (printed.stream().filter(like).count() < lines) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("It didn't come; printed was " + printed);
        }
        try {
          printed.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError(e);
        }
      }
    }
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    ended();
  }

  /** Leaves; says how it ended. */
  int quit() {
    say("/quit");
    ended();
    return process.exitValue();
  }

  private void ended() {
    try {
      if (!process.waitFor(LONGEST_WAIT)) {
        throw new AssertionError("It doesn't end; printed was " + printed());
      }
      reading.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
