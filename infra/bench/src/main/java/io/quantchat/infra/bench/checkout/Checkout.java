package io.quantchat.infra.bench.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkout of the project, which its own script builds and starts.
 *
 * @param name what to call it
 * @param folder where it lies
 * @param temporary whether it is removed in the end
 */
public record Checkout(String name, Path folder, boolean temporary) implements AutoCloseable {

  /** The files of a folder as they are. */
  public static Checkout of(String name, Path folder) {
    return new Checkout(name, folder.toAbsolutePath().normalize(), false);
  }

  /**
   * A commit of the project in a folder, or another folder that holds a checkout already.
   *
   * @throws IllegalArgumentException if there is no such commit
   */
  public static Checkout against(Path project, String commitOrFolder) throws IOException {
    Path folder = Path.of(commitOrFolder);
    if (Files.isRegularFile(folder.resolve("quantchat"))) {
      return of(commitOrFolder, folder);
    }
    Path clone = Files.createTempDirectory("quantchat-against").toRealPath();
    Checkout checkout = new Checkout(commitOrFolder, clone, true);
    try {
      String commit =
          git(project, "rev-parse", "--verify", "--end-of-options", commitOrFolder + "^{commit}");
      git(project, "clone", "--quiet", "--no-checkout", "--shared", ".", clone.toString());
      git(clone, "checkout", "--quiet", "--detach", commit);
      return checkout;
    } catch (IllegalArgumentException | IOException failed) {
      checkout.close();
      throw failed;
    }
  }

  /** The script that a person types. */
  public Path script() {
    return folder.resolve("quantchat");
  }

  /** What git says. */
  private static String git(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream said = process.getInputStream()) {
      String words = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalArgumentException(
            "git can't " + String.join(" ", arguments) + (words.isEmpty() ? "" : ": " + words));
      }
      return words;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a commit was checked out", interrupted);
    }
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      delete(folder);
    }
  }

  /** Removes a folder with all that it holds. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
