package io.quantchat.cli;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import java.time.Clock;
import java.util.List;

/** Says to people, in lines, what a conversation has. */
final class ChatLines {

  private static final int LONGEST_QUOTE = 24;

  private final Times times;
  private final String name;
  private final Attached attached;

  /**
   * @param name the contact's, printable
   */
  ChatLines(Clock clock, String name) {
    this(clock, name, Attached.NONE);
  }

  /**
   * @param name the contact's, printable
   */
  ChatLines(Clock clock, String name, Attached attached) {
    this.times = new Times(clock);
    this.name = name;
    this.attached = attached;
  }

  String name() {
    return name;
  }

  String time(Message message) {
    return times.briefOf(message);
  }

  /** So many messages have not come. */
  static String missing(String name, long count) {
    if (count == 0) {
      return "all that was missing from " + name + " has come";
    }
    String messages = count == 1 ? "a message" : count + " messages";
    return messages + " from " + name + " did not come: asked for again";
  }

  /** The store came back from a copy. */
  static String restored(List<String> asked, List<String> notAsked) {
    var said =
        new StringBuilder(
            "This store came back from a copy or an account file: what was written and received"
                + " since then is not here. Its keys are replaced.");
    if (!asked.isEmpty()) {
      said.append(" Asked to send again what they wrote: ").append(String.join(", ", asked));
      said.append('.');
    }
    if (!notAsked.isEmpty()) {
      said.append(" Their programs can't send again what they wrote, ask them yourself: ");
      said.append(String.join(", ", notAsked)).append('.');
    }
    return said.toString();
  }

  /** How far a message is, and what else sets it apart. */
  static String mark(Message message) {
    return Mark.of(message);
  }

  /** What stands before a message's text: who says it, when, and how far it is. */
  String head(Message message) {
    String mark = mark(message);
    return (message.isIncoming() ? Rows.THEIRS : Rows.OWN)
        + time(message)
        + (mark.isEmpty() ? " " : " " + mark + " ")
        + (message.isIncoming() ? name : "you")
        + ": ";
  }

  /** A message's text, in lines, and why it wasn't sent. */
  String text(Message message) {
    String text = textAndFiles(message);
    return message.state() == MessageState.FAILED
        ? text + "\n✗ not sent: " + failure(message)
        : text;
  }

  private String textAndFiles(Message message) {
    String text = Printable.lines(message.text(), "");
    String files = new FileLines(times).of(message, attached.of(message));
    return text.isEmpty() || files.isEmpty() ? text + files : text + "\n" + files;
  }

  /** A file of the contact's, or for them, has come to where it was to. */
  String file(MessageFile file) {
    return Printable.line(file.name()) + ": " + new FileLines(times).state(file);
  }

  /** How far a message is, in words, with enough of the text to know which. */
  String moved(Message message) {
    String text = Printable.line(message.text());
    boolean isLong = text.codePointCount(0, text.length()) > LONGEST_QUOTE;
    String quote =
        isLong ? text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…" : text;
    String words =
        message.state() == MessageState.FAILED
            ? Mark.inWords(message) + " (" + failure(message) + ")"
            : Mark.inWords(message);
    return words + ": " + quote;
  }

  static String failure(Message message) {
    return message.details().get(Message.FAILURE) instanceof String why
        ? Refusals.words(why)
        : "the relay refuses it";
  }

  String typing(boolean typing) {
    return name + (typing ? " is typing" : " has stopped typing");
  }

  String presence(boolean online) {
    return name + (online ? " is online" : " is offline");
  }

  static String connection(boolean open) {
    return open ? "connected" : "connection lost: what you write is kept, and goes out later";
  }
}
