package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A chat at a real terminal, which {@code script} makes: keys, prompt, echo. */
@ExtendWith(RelayExtension.class)
class AtATerminalTest {

  private static final String ANN = "ann-" + UUID.randomUUID() + "@example.org";
  private static final String BEN = "ben-" + UUID.randomUUID() + "@example.org";

  private static Terminal terminal;

  @TempDir static Path folder;

  @BeforeAll
  static void twoAccounts(RunningInstance relay) {
    assumeTrue(hasScript(), "There is no util-linux 'script' here to make a terminal with.");
    terminal = new Terminal(folder);
    relay.write(terminal.running());
    for (String email : List.of(ANN, BEN)) {
      terminal.makeCheapStore(email);
      terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
      assertThat(terminal.run("register", email, "--name", email.substring(0, 3))).isZero();
    }
    asBoth("contacts", "add");
  }

  @BeforeEach
  void nothingWasSaid() {
    asBoth("delete", "--yes");
  }

  /** Types a command about the other. */
  private static void asBoth(String... words) {
    for (List<String> pair : List.of(List.of(ANN, BEN), List.of(BEN, ANN))) {
      var command = new ArrayList<>(List.of(words));
      command.addAll(List.of(pair.getLast(), "--as", pair.getFirst()));
      terminal.answering(Terminal.PASSPHRASE);
      assertThat(terminal.run(command.toArray(String[]::new))).as(terminal.noted()).isZero();
    }
  }

  @Test
  void keysAreSeenAsTypingStatesComeBackAndTheTerminalIsLeftAsItWas() throws IOException {
    try (ChatProcess ben = ChatProcess.start(store(BEN), "ann", "--json");
        Screen ann = new Screen(store(ANN), 100)) {
      ben.await(1, line -> line.contains("\"event\":\"connection\""));
      ann.await("The passphrase of");
      ann.type(Terminal.PASSPHRASE + "\r");
      ann.await("-- connected");
      ann.await("●");

      ann.type("hello");
      ben.await(1, line -> line.contains("\"typing\":true"));
      ann.type(" ben\r");
      ben.await(1, line -> line.contains("\"text\":\"hello ben\""));
      ann.await("✓ read");
      ben.say("hello \u001b[31mann");
      ann.await("hello ␛[31mann");
      ann.type("/quit\r");
      ann.await("status 0");
      ann.await("end of settings");

      assertThat(ann.seen()).doesNotContain(Terminal.PASSPHRASE).doesNotContain("\u001b[31m");
      assertThat(ann.seen().substring(ann.seen().indexOf("status 0")))
          .contains(" icanon", " echo ")
          .doesNotContain("-icanon", "-echo ");
      assertThat(ben.quit()).isZero();
    }
  }

  @Test
  void aLineThatIsPaddedToTheEdgeGoesOnBehindAMarginAlsoOnceTheTerminalIsNarrower()
      throws IOException, InterruptedException {
    try (ChatProcess ben = ChatProcess.start(store(BEN), "ann", "--json");
        Screen ann = new Screen(store(ANN), 40)) {
      ann.await("The passphrase of");
      ann.type(Terminal.PASSPHRASE + "\r");
      ann.await("-- connected");
      // The sign, the time, the name and this fill the row.
      ben.say("hello" + " ".repeat(40 - 13 - 5) + "12:00 you: I agree");
      ann.await("  | 12:00 you: I agree");
      ann.resize(30);
      ann.await("\u001b[H\u001b[2J");
      ann.await("  | 12:00 you: I agree", 2);
      ann.resize(16);
      ann.await("  | 12:00 you: ", 3);
      ann.type("/quit\r");
      ann.await("end of settings");

      assertThat(ann.seen().replaceAll("\u001b\\[[?0-9;]*[a-zA-Z]", ""))
          .doesNotContainPattern("(?m)^ *12:00")
          .containsPattern("(?m)^◂ [0-9:]{5} ben: hello");
      assertThat(ben.quit()).isZero();
    }
  }

  @Test
  void whatIsTypedWhileTheStoreOpensIsNeitherShownNorSent() throws IOException {
    try (Screen ann = new Screen(store(ANN), 100)) {
      ann.await("The passphrase of");
      ann.type(Terminal.PASSPHRASE + "\r" + "another secret\r" + "and one more");
      ann.await("-- connected");
      ann.await("is dropped");
      ann.type("/quit\r");
      ann.await("status 0");
      ann.await("end of settings");

      assertThat(ann.seen()).doesNotContain("another secret").doesNotContain("and one more");
      assertThat(ann.settings()).contains(" echo ").doesNotContain("-echo ");
    }
  }

  @Test
  void aSignalLeavesTheTerminalAsItWas() throws IOException {
    assumeFalse(
        ignoresInterrupts(),
        "These tests were started with SIGINT ignored, as by nohup in a script: nothing ends by"
            + " it.");
    try (Screen ann = new Screen(store(ANN), 100)) {
      ann.await("The passphrase of");
      ann.type("half a sec\u0003");
      ann.await("end of settings");

      assertThat(ann.seen()).contains("status 130").doesNotContain("half a sec");
      assertThat(ann.settings()).contains(" icanon", " echo ").doesNotContain("-echo ");
    }
  }

  private static Path store(String email) {
    return terminal.accounts().resolve(Accounts.fileName(email));
  }

  /** What a program is started with, it passes on. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private static boolean hasScript() {
    try {
      Process script =
          new ProcessBuilder("script", "--version")
              .redirectErrorStream(true)
              .redirectInput(Redirect.PIPE)
              .start();
      script.getOutputStream().close();
      return new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .contains("util-linux");
    } catch (IOException e) {
      return false;
    }
  }

  /** A terminal of 30 rows, with a chat and then its settings on it. */
  private static final class Screen implements AutoCloseable {

    private final Process process;
    private final OutputStream keys;
    private final StringBuilder seen = new StringBuilder();
    private final Path name;

    Screen(Path store, int columns) throws IOException {
      this.name = store.resolveSibling("terminal");
      List<String> command = ChatProcess.command();
      command.addAll(List.of("chat", "ben", "--store", store.toString()));
      String typed =
          "trap : INT; tty >'"
              + name
              + "'; stty rows 30 cols "
              + columns
              + "; '"
              + String.join("' '", command)
              + "'; echo \"status $?\"; stty -a; echo end of settings";
      var terminal =
          new ProcessBuilder("script", "--quiet", "--flush", "--command", typed, "/dev/null")
              .redirectErrorStream(true);
      // As ./quantchat sets it where the locale has ASCII alone.
      terminal.environment().put("LC_ALL", "C.UTF-8");
      this.process = terminal.start();
      this.keys = process.getOutputStream();
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (InputStream in = process.getInputStream()) {
        var bytes = new byte[8192];
        for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
          synchronized (seen) {
            seen.append(new String(bytes, 0, size, StandardCharsets.UTF_8));
            seen.notifyAll();
          }
        }
      } catch (IOException ended) {
        // What it had shown by then was read.
      }
    }

    void type(String text) throws IOException {
      keys.write(text.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    }

    String seen() {
      synchronized (seen) {
        return seen.toString();
      }
    }

    /** What {@code stty} says in the end. */
    String settings() {
      return seen().substring(seen().indexOf("status "));
    }

    void resize(int columns) throws IOException, InterruptedException {
      Process stty =
          new ProcessBuilder(
                  "sh", "-c", "stty cols " + columns + " <" + Files.readString(name).strip())
              .inheritIO()
              .start();
      assertThat(stty.waitFor()).isZero();
    }

    void await(String text) {
      await(text, 1);
    }

    /** Waits until it has come so often. */
    void await(String text, int times) {
      long deadline = System.nanoTime() + ChatProcess.LONGEST_WAIT.toNanos();
      synchronized (seen) {
        while (seen.toString().split(Pattern.quote(text), -1).length <= times) {
          long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (left <= 0) {
            throw new AssertionError("There is no " + text + " on the screen: " + seen);
          }
          try {
            seen.wait(left);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
          }
        }
      }
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
