package io.quantchat.cli;

import io.quantchat.cli.agent.Chat;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.model.ImportResult.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Read an export in: messages that are here stay as they are, others are added.",
      "They are marked as imported for ever. Each comes in exactly as it was written, or is refused"
          + " alone, with its number and the reason; then this exits 1.",
      "Files come from the folder FILE.files beside it, where they have the hashes that it says."
    })
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
      byte[] export = read();
      ImportResult result =
          Progress.during(shell, "Importing", () -> imported(account.chat(), export));
      if (options.json) {
        shell.say(JsonOutput.of(shown(result)));
      } else {
        print(result);
      }
      return (result.refused().isEmpty() ? Exit.DONE : Exit.FAILED).code();
    }
  }

  /** What is piped has no folder beside it. */
  private ImportResult imported(Chat chat, byte[] export) {
    return file.equals(FROM_INPUT)
        ? chat.importMarkdown(export)
        : chat.importMarkdown(export, NewFile.filesBeside(Path.of(file)));
  }

  private byte[] read() {
    if (file.equals(FROM_INPUT)) {
      shell.tty().showTyping();
      return StandardInput.bytes(shell.in(), LARGEST);
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return StandardInput.bytes(in, LARGEST);
    } catch (IOException | InvalidPathException e) {
      throw new CommandException(
          Exit.USAGE, "The file " + Printable.line(file) + " can't be read.", e);
    }
  }

  private void print(ImportResult result) {
    shell.say("Added %d messages; %d were here already.".formatted(result.added(), result.here()));
    if (result.unverified() > 0) {
      shell.say(
          "%d of them come from an earlier export: nobody can tell whether they are as they were."
              .formatted(result.unverified()));
    }
    for (Refused refused : result.refused()) {
      shell.note(
          "Refused: message %d%s%s: %s."
              .formatted(
                  refused.number(),
                  refused.line() == 0 ? "" : ", line " + refused.line(),
                  refused.messageId().isEmpty() ? "" : ", " + Printable.line(refused.messageId()),
                  Printable.line(refused.reason())));
    }
  }

  private static Map<String, Object> shown(ImportResult result) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("added", result.added());
    shown.put("here", result.here());
    shown.put("unverified", result.unverified());
    shown.put("refused", result.refused().stream().map(ImportCommand::shown).toList());
    return shown;
  }

  private static Map<String, Object> shown(Refused refused) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("number", refused.number());
    shown.put("line", refused.line() == 0 ? null : refused.line());
    shown.put("message_id", refused.messageId().isEmpty() ? null : refused.messageId());
    shown.put("reason", refused.reason());
    return shown;
  }
}
