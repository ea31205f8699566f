package io.quantchat.cli;

import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = {
      "Delete all messages with somebody, here, for good: also those that wait to be sent.",
      "What was sent stays with them, and they stay a contact."
    })
final class DeleteCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(paramLabel = "WHO", description = "e-mail, username, name or id")
  String who;

  @Option(names = "--yes", description = "yes, delete them: without it, nothing is deleted")
  boolean sure;

  private final Shell shell;

  DeleteCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      UUID contactId = account.people().find(who);
      String name = account.people().name(contactId);
      int there = account.chat().conversation(contactId).size();
      if (!sure && there > 0) {
        throw new CommandException(
            Exit.USAGE,
            "Messages with %s: %d. Nothing brings them back: say --yes to delete them."
                .formatted(name, there));
      }
      int deleted = account.chat().deleteConversation(contactId);
      if (options.json) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("contact_id", contactId.toString());
        shown.put("deleted", deleted);
        shell.say(JsonOutput.of(shown));
      } else {
        shell.say("Deleted %d messages with %s.".formatted(deleted, name));
      }
      return Exit.DONE.code();
    }
  }
}
