package io.quantchat.cli;

import io.quantchat.cli.agent.Chat;
import io.quantchat.client.model.FileNames;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "save",
    description = {
      "Save a file that a message brought; it is fetched first where it isn't here yet.",
      "It is decrypted, and written under its name when it is whole. Nothing is replaced."
    })
final class SaveCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "the message's id, or its end, as inbox and chat show it")
  String id;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "where to; its own name, in this folder, if left out")
  Path file;

  @Option(
      names = "--number",
      paramLabel = "N",
      defaultValue = "1",
      description = "which file of the message (default: the first)")
  int number;

  private final Shell shell;

  SaveCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var bar = new TransferBar(shell);
    try (OpenAccount account = OpenAccount.open(shell, options, new Moving(shell, bar))) {
      Message message = account.look(this::find);
      MessageFile chosen = chosen(account.chat(), message);
      Path to = (file == null ? Path.of(ownName(chosen)) : file).toAbsolutePath();
      MessageFile saved;
      try {
        saved = account.chat().save(message.senderId(), message.id(), number, to);
      } finally {
        bar.end();
      }
      if (options.json) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("message_id", message.id().toString());
        shown.putAll(JsonOutput.file(saved));
        shown.put("file", to.toString());
        shell.say(JsonOutput.of(shown));
      } else {
        shell.say(
            "Saved %s to %s."
                .formatted(FileLines.size(saved.size()), Printable.line(to.toString())));
      }
      return Exit.DONE.code();
    }
  }

  private Message find(Chat chat) {
    String end = id.toLowerCase(Locale.ROOT);
    if (end.length() < FileLines.SHORT_ID) {
      throw new CommandException(
          Exit.USAGE, "Say the message's id, or its last " + FileLines.SHORT_ID + " characters.");
    }
    List<Message> found =
        chat.correspondents().stream()
            .flatMap((UUID contactId) -> chat.conversation(contactId).stream())
            .filter(message -> message.id().toString().endsWith(end))
            .filter(message -> !Attached.in(chat).of(message).isEmpty())
            .toList();
    if (found.size() != 1) {
      throw new CommandException(
          Exit.USAGE,
          found.isEmpty()
              ? "No message of this id has files."
              : "Several messages have ids that end so: say the whole id.");
    }
    return found.get(0);
  }

  private MessageFile chosen(Chat chat, Message message) {
    List<MessageFile> files = chat.files(message.senderId(), message.id());
    return files.stream()
        .filter(each -> each.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    Exit.USAGE, "The message has files 1 to " + files.size() + "."));
  }

  private static String ownName(MessageFile file) {
    Optional<String> danger = FileNames.danger(file.name());
    if (danger.isPresent()) {
      throw new CommandException(
          Exit.USAGE,
          "The file is called %s, and isn't saved under that name, for %s: say another one."
              .formatted(Printable.line(file.name()), danger.get()));
    }
    return file.name();
  }
}
