package io.quantchat.cli;

import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Where commands are typed in tests: what they print is kept, what they ask for is answered. */
final class Terminal {

  static final String PASSPHRASE = "a long enough secret";
  static final String PASSWORD = "correct horse";

  private final Path folder;
  private final Path running;
  private final Deque<String> answers = new ArrayDeque<>();
  private String input = "";
  private String printed = "";
  private String noted = "";

  Terminal(Path folder) {
    this.folder = folder;
    this.running = folder.resolve("running.json");
  }

  Path accounts() {
    return folder.resolve("accounts");
  }

  Path running() {
    return running;
  }

  /** Makes an account's store that costs little to open; what it costs, a store itself says. */
  void makeCheapStore(String email) {
    try {
      Files.createDirectories(accounts());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LocalStore.open(
            accounts().resolve(Accounts.fileName(email)),
            PASSPHRASE.toCharArray(),
            new Argon2Cost(64, 1, 1),
            new SecureRandom())
        .close();
  }

  /** What is typed without echo next. */
  Terminal answering(String... secrets) {
    answers.addAll(Arrays.asList(secrets));
    return this;
  }

  Terminal piping(String text) {
    input = text;
    return this;
  }

  /** Types a command whose output goes to where nothing can be written. */
  int runInVain(String... arguments) {
    return run(
        new OutputStream() {
          @Override
          public void write(int each) throws IOException {
            throw new IOException("No space left on device");
          }
        },
        arguments);
  }

  /** Types a command; says how it ended. */
  int run(String... arguments) {
    return run(new ByteArrayOutputStream(), arguments);
  }

  private int run(OutputStream out, String... arguments) {
    var err = new ByteArrayOutputStream();
    var shell =
        new Shell(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new AnsweringTty(),
            accounts(),
            running,
            Clock.systemUTC(),
            ChatProcess.LONGEST_WAIT);
    int exit = new Main(shell).run(arguments);
    input = "";
    printed =
        out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
    noted = err.toString(StandardCharsets.UTF_8);
    return exit;
  }

  /** What the last command printed. */
  String printed() {
    return printed;
  }

  /** What it said beside that. */
  String noted() {
    return noted;
  }

  private final class AnsweringTty implements Tty {

    @Override
    public boolean is(int stream) {
      return false;
    }

    @Override
    public char[] ask(String prompt) {
      if (answers.isEmpty()) {
        throw new CommandException(Exit.USAGE, "Nobody is at the terminal.");
      }
      return answers.removeFirst().toCharArray();
    }
  }
}
