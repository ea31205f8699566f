package io.quantchat.infra.local.deployed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that somebody would type, and what it says. */
final class Command {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Command() {}

  /**
   * What a command came to.
   *
   * @param output what it wrote to its standard output
   * @param errors what it wrote to its standard error
   */
  record Outcome(int status, String output, String errors) {

    /** The output of a command that must have succeeded. */
    String orThrow() {
      if (status != 0) {
        throw new IllegalStateException("Ended with " + status + ":\n" + output + errors);
      }
      return output;
    }
  }

  /**
   * Runs a command to its end.
   *
   * @param environment added to this process's own
   */
  static Outcome run(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("quantchat", ".out");
    Path errors = Files.createTempFile("quantchat", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            words + " took too long: " + Files.readString(errors, StandardCharsets.UTF_8));
      }
      return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
