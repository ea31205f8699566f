package io.quantchat.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two people who make accounts, and one who writes to the other, in a folder that is gone
 * afterwards: what the JVM is to note of the commands while it makes an AOT cache (JEP 514) that
 * later ones read.
 *
 * <p>Its one argument is the base of the REST routes of a server on this machine. Exits as the
 * first command that failed, 0 where none did.
 */
public final class TrainingRun {

  static final String ANN = "ann@training.example.org";
  private static final String BOB = "bob@training.example.org";
  static final String PASSPHRASE = "the store's passphrase";
  private static final byte[] SECRETS =
      (PASSPHRASE + "\nthe account's password\n").getBytes(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Path folder;
  private final PrintStream out;

  private TrainingRun(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    UnpackedSqlite.use();
    System.exit(run(Files.createTempDirectory("quantchat-training"), arguments[0], System.err));
  }

  /**
   * Answers the exit code, and removes the folder.
   *
   * @param out is told all that the commands say
   */
  static int run(Path folder, String server, PrintStream out) throws IOException {
    try {
      return new TrainingRun(folder, out).play(server);
    } finally {
      delete(folder);
    }
  }

  private int play(String server) {
    return Stream.of(
            List.of("register", ANN, "--server", server),
            List.of("register", BOB, "--server", server),
            List.of("contacts", "add", BOB, "--as", ANN),
            List.of("send", BOB, "hello", "--as", ANN),
            List.of("inbox", "--as", BOB))
        .mapToInt(this::type)
        .filter(code -> code != Exit.DONE.code())
        .findFirst()
        .orElse(Exit.DONE.code());
  }

  private int type(List<String> words) {
    var shell =
        new Shell(
            new ByteArrayInputStream(SECRETS),
            out,
            out,
            new SystemTty(),
            folder,
            folder.resolve("running.json"),
            Clock.systemUTC(),
            PATIENCE);
    return new Main(shell)
        .run(
            Stream.concat(words.stream(), Stream.of("--secrets-from", "-")).toArray(String[]::new));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
