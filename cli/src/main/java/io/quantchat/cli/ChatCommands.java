package io.quantchat.cli;

import io.quantchat.cli.Conversation.Talk;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SafetyNumber;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Does what a line that was typed means. */
final class ChatCommands {

  private static final String HELP =
      """
      /verify         show the safety number, to compare with the other side's
      /accept         trust a changed identity, after comparing
      /accept-weaker  agree to weaker messages, if the other side says it can do no better
      /again          send once more what failed
      /file FILE      send a file, without the metadata of pictures
      /quit           leave; so do Ctrl-D and Ctrl-C
      //…             a message that begins with a slash
      """
          + Rows.LEGEND
          + "\n"
          + Mark.meanings();

  private static final String FILE = "/file ";

  private final Talk talk;
  private final Conversation conversation;

  /** The number that /verify last showed. */
  private Optional<SafetyNumber> shown = Optional.empty();

  ChatCommands(Talk talk, Conversation conversation) {
    this.talk = talk;
    this.conversation = conversation;
  }

  /**
   * Does what the line says.
   *
   * @return false where that is to leave
   */
  boolean take(String line) {
    if (line.isBlank()) {
      return true;
    }
    if (!line.startsWith(Conversation.COMMAND)) {
      conversation.say(line);
      return true;
    }
    if (line.startsWith(Conversation.COMMAND.repeat(2))) {
      conversation.say(line.substring(1));
      return true;
    }
    if (line.startsWith(FILE)) {
      file(line.substring(FILE.length()).strip());
      return true;
    }
    switch (line.strip()) {
      case "/quit" -> {
        return false;
      }
      case "/help" -> talk.screen().note("help", HELP);
      case "/verify" -> trying(this::verify);
      case "/accept" -> trying(this::accept);
      case "/again" -> trying(this::again);
      case "/accept-weaker" -> trying(this::acceptWeaker);
      default -> talk.screen().note("not_sent", "there is no such command: see /help. Not sent.");
    }
    return true;
  }

  /** The program that holds the account may be in another folder. */
  private void file(String name) {
    try {
      conversation.say(
          "", List.of(new Attachment(Path.of(name).toAbsolutePath(), /* keepMetadata= */ false)));
    } catch (InvalidPathException e) {
      talk.screen().note("not_sent", "not sent: this is no name of a file");
    }
  }

  private void verify() {
    boolean changed = talk.chat().hasChangedIdentity(talk.contactId());
    SafetyNumber number = talk.chat().safetyNumber(talk.contactId());
    shown = Optional.of(number);
    talk.screen()
        .note(
            "safety_number",
            (changed ? "the number now, not accepted yet:\n" : "the number:\n")
                + SafetyDigits.inRows(number));
  }

  /** Accepted is what was compared: a server could show another identity meanwhile. */
  private void accept() {
    if (!talk.chat().hasChangedIdentity(talk.contactId())) {
      talk.screen().note("accepted", "the identity hasn't changed: there is nothing to accept");
      return;
    }
    if (shown.isEmpty()) {
      talk.screen().note("not_accepted", "not accepted: compare the number of /verify first");
      return;
    }
    talk.chat().acceptIdentity(talk.contactId(), shown.get());
    conversation.accepted();
    talk.screen().note("accepted", "accepted: what waited goes out now");
  }

  private void again() {
    List<Message> failed =
        talk.chat().conversation(talk.contactId()).stream()
            .filter(message -> message.state() == MessageState.FAILED)
            .toList();
    failed.forEach(message -> talk.chat().retry(message.id()));
    talk.screen()
        .note("again", failed.isEmpty() ? "nothing has failed" : "what failed goes out again");
  }

  private void acceptWeaker() {
    talk.chat().consentToDowngrade(talk.contactId());
    conversation.accepted();
    talk.screen().note("accepted", "agreed: what waited goes out now");
  }

  private void trying(Runnable command) {
    try {
      command.run();
    } catch (ServerUnreachableException
        | ServerRefusalException
        | RefusedException
        | LoginRequiredException e) {
      talk.screen().note("failed", Failures.words(e));
    }
  }
}
