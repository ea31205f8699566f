package io.quantchat.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = "Read an export in: messages that are here stay as they are, others are added.")
final class ImportCommand implements Callable<Integer> {

  private static final String FROM_INPUT = "-";

  /** Bytes; some hundred thousand messages. */
  private static final int LARGEST = 256 * 1024 * 1024;

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(paramLabel = "FILE", description = "the export, or - for standard input")
  String file;

  private final Shell shell;

  ImportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      String markdown = read();
      int added =
          Progress.during(shell, "Importing", () -> account.chat().importMarkdown(markdown));
      shell.say(
          options.json
              ? JsonOutput.of(Map.of("added", added))
              : "Added %d messages.".formatted(added));
      return Exit.DONE.code();
    }
  }

  private String read() {
    if (file.equals(FROM_INPUT)) {
      return StandardInput.all(shell.in(), LARGEST);
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return StandardInput.all(in, LARGEST);
    } catch (IOException | InvalidPathException e) {
      throw new CommandException(
          Exit.USAGE, "The file " + Printable.line(file) + " can't be read.", e);
    }
  }
}
