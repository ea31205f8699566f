package io.quantchat.cli;

import io.quantchat.client.QuantChat;
import io.quantchat.client.wire.LoginRequiredException;
import io.quantchat.client.wire.ServerUnreachableException;
import io.quantchat.crypto.SafetyNumber;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Show the safety number of you and a contact.",
      "Compare it in person or over a telephone: if both of you see the same, nobody stands"
          + " between."
    })
final class VerifyCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(paramLabel = "WHO", description = "e-mail, username, name or id")
  String who;

  @Option(
      names = "--accept",
      description = "trust the contact's changed identity from now on, after comparing")
  boolean accept;

  @Option(
      names = "--accept-weaker",
      description = "agree to weaker messages with a contact whose program can do no better now")
  boolean acceptWeaker;

  private final Shell shell;

  VerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      QuantChat chat = account.chat();
      People people = account.people();
      UUID contactId = people.find(who);
      ask(chat, contactId);
      if (accept) {
        accept(chat, contactId);
      }
      if (acceptWeaker) {
        chat.consentToDowngrade(contactId);
      }
      SafetyNumber pinned = chat.safetyNumber(contactId);
      Optional<SafetyNumber> changed = chat.changedSafetyNumber(contactId);
      if (options.json) {
        printJson(contactId, pinned, changed);
      } else {
        print(people.name(contactId), pinned, changed);
      }
      return Exit.DONE.code();
    }
  }

  /** Without the server, what is known is shown. */
  private void ask(QuantChat chat, UUID contactId) {
    try {
      boolean unused = chat.checkIdentity(contactId);
    } catch (ServerUnreachableException | LoginRequiredException e) {
      shell.note("It isn't known whether it has changed: " + Failures.words(e));
    }
  }

  private static void accept(QuantChat chat, UUID contactId) {
    if (chat.changedSafetyNumber(contactId).isEmpty()) {
      throw new CommandException(
          Exit.USAGE, "The contact's identity hasn't changed: there is nothing to accept.");
    }
    chat.acceptIdentity(contactId);
  }

  private void print(String name, SafetyNumber pinned, Optional<SafetyNumber> changed) {
    if (changed.isEmpty()) {
      shell.say("You and " + name + ":");
      shell.say(SafetyDigits.inRows(pinned));
    } else {
      shell.say(name + " has another identity than before. Nothing is sent until you accept it.");
      shell.say("Before:");
      shell.say(SafetyDigits.inRows(pinned));
      shell.say("Now:");
      shell.say(SafetyDigits.inRows(changed.get()));
      shell.say("If both of you see the second number, accept it: --accept.");
    }
  }

  private void printJson(UUID contactId, SafetyNumber pinned, Optional<SafetyNumber> changed) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("contact_id", contactId.toString());
    shown.put("safety_number", pinned.spacedDigits());
    shown.put("identity_changed", changed.isPresent());
    changed.ifPresent(number -> shown.put("changed_safety_number", number.spacedDigits()));
    shell.say(JsonOutput.of(shown));
  }
}
