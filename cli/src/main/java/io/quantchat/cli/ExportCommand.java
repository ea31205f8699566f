package io.quantchat.cli;

import io.quantchat.cli.agent.Chat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Write a conversation as Markdown, lossless. It isn't encrypted any more.",
      "Files of messages go into a folder beside it, FILE.files. What is there already is left"
          + " alone."
    })
final class ExportCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(index = "0", paramLabel = "WHO", description = "e-mail, username, name or id")
  String who;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "where to; standard output if left out")
  Path file;

  private final Shell shell;

  ExportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (options.json && file == null) {
      throw new CommandException(Exit.USAGE, "With --json, say the file to write to.");
    }
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      UUID contactId = account.people().find(who);
      if (file == null) {
        print(account.chat().exportMarkdown(contactId));
      } else {
        write(account.chat(), contactId);
      }
      return Exit.DONE.code();
    }
  }

  /** A terminal gets what is harmless to it, all else gets every byte. */
  private void print(String markdown) {
    if (shell.tty().is(Tty.OUTPUT)) {
      Rows rows = Rows.of(shell);
      Printable.lines(markdown, "").lines().forEach(line -> shell.say(rows.block("", line)));
    } else {
      byte[] bytes = markdown.getBytes(StandardCharsets.UTF_8);
      shell.out().write(bytes, 0, bytes.length);
      shell.out().flush();
    }
  }

  /** For its owner alone, from its first moment on. */
  private void write(Chat chat, UUID contactId) {
    var export = new NewFile(file);
    Path folder = NewFile.filesBeside(file);
    export.requireFree();
    new NewFile(folder).requireFree();
    int messages = chat.conversation(contactId).size();
    String markdown =
        Progress.during(shell, "Exporting", () -> chat.exportMarkdown(contactId, folder));
    export.write(markdown.getBytes(StandardCharsets.UTF_8));
    if (options.json) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("contact_id", contactId.toString());
      shown.put("messages", messages);
      shown.put("file", file.toString());
      if (Files.isDirectory(folder)) {
        shown.put("files", folder.toString());
      }
      shell.say(JsonOutput.of(shown));
    } else {
      shell.say("Wrote %d messages to %s.".formatted(messages, file));
      if (Files.isDirectory(folder)) {
        shell.say("Their files are in the folder " + folder + ": take both along.");
      }
    }
  }
}
