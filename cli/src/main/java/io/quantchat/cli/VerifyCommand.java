package io.quantchat.cli;

import io.quantchat.cli.agent.Chat;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.SafetyNumber;
import java.util.LinkedHashMap;
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
      paramLabel = "NUMBER",
      description =
          "trust the contact's changed identity from now on: the 60 digits that you compared")
  String accept;

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
      Chat chat = account.chat();
      People people = account.people();
      UUID contactId = people.find(who);
      if (chat.account().filter(own -> own.userId().equals(contactId)).isPresent()) {
        throw new CommandException(
            Exit.USAGE, "That is you: a safety number is compared with somebody else.");
      }
      ask(chat, contactId);
      if (accept != null && !chat.hasChangedIdentity(contactId)) {
        throw new CommandException(
            Exit.USAGE, "The contact's identity hasn't changed: there is nothing to accept.");
      }
      SafetyNumber number = chat.safetyNumber(contactId);
      if (accept != null) {
        requireCompared(number);
        chat.acceptIdentity(contactId, number);
      }
      if (acceptWeaker) {
        chat.consentToDowngrade(contactId);
      }
      boolean changed = chat.hasChangedIdentity(contactId);
      if (options.json) {
        printJson(contactId, number, changed);
      } else {
        print(people.name(contactId), number, changed);
      }
      return Exit.DONE.code();
    }
  }

  /**
   * A server may show something else between looking and agreeing: only what was compared counts.
   */
  private void requireCompared(SafetyNumber number) {
    if (!accept.replaceAll("\\s", "").equals(number.digits())) {
      throw new CommandException(
          Exit.ENCRYPTION,
          "That isn't the number with this contact: compare what 'quantchat verify' shows now.");
    }
  }

  /** Without the server, what is known is shown. */
  private void ask(Chat chat, UUID contactId) {
    try {
      boolean unused = chat.checkIdentity(contactId);
    } catch (ServerUnreachableException | LoginRequiredException e) {
      shell.note("It isn't known whether it has changed: " + Failures.words(e));
    }
  }

  private void print(String name, SafetyNumber number, boolean changed) {
    if (changed) {
      shell.say(
          name
              + " has another identity than before: a new device, or somebody stands between you."
              + " Nothing is sent until you accept it, with --accept and this number, once"
              + " both of you see it:");
    } else {
      shell.say("You and " + name + ":");
    }
    shell.say(SafetyDigits.inRows(number));
  }

  private void printJson(UUID contactId, SafetyNumber number, boolean changed) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("contact_id", contactId.toString());
    shown.put("safety_number", number.spacedDigits());
    shown.put("identity_changed", changed);
    shell.say(JsonOutput.of(shown));
  }
}
