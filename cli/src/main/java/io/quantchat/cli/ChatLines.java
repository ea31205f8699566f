package io.quantchat.cli;

import io.quantchat.client.model.Message;
import java.time.Clock;
import java.util.List;

/** Says to people, in lines, what a conversation has. */
final class ChatLines {

  private static final String MARGIN = "      | ";
  private static final int LONGEST_QUOTE = 24;

  private final Times times;
  private final String name;

  /**
   * @param name the contact's, printable
   */
  ChatLines(Clock clock, String name) {
    this.times = new Times(clock);
    this.name = name;
  }

  String name() {
    return name;
  }

  String time(Message message) {
    return times.briefOf(message);
  }

  String author(Message message) {
    return message.isIncoming() ? name : "you";
  }

  String text(Message message) {
    return Printable.lines(message.text(), MARGIN) + note(message);
  }

  /** What the recipient, or the sender, is to know of the way that a message has come. */
  static String note(Message message) {
    var notes = new StringBuilder();
    if (message.details().containsKey(Message.SEALED_AGAIN)) {
      notes.append(" (sealed again)");
    }
    if (message.details().containsKey(Message.REPEATED_NUMBER)) {
      notes.append(" (its number came before: they went on from a copy)");
    }
    return notes.toString();
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
            "This store came back from a copy: what was written and received since that copy is"
                + " not here. Its keys are replaced.");
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

  /** How far a message is. */
  static String mark(Message message) {
    return switch (message.state()) {
      case SENDING -> "…";
      case FAILED -> "✗";
      case SENT -> "✓";
      case DELIVERED -> "✓✓" + unproven(message);
      case READ -> "✓✓ read" + unproven(message);
      case IMPORTED -> "imported";
    };
  }

  /** What the server says, and the recipient hasn't proved. */
  private static String unproven(Message message) {
    return message.details().containsKey(Message.UNPROVEN) ? " (they say)" : "";
  }

  /** The same in words, with enough of the text to know which. */
  String moved(Message message) {
    String text = Printable.line(message.text());
    boolean isLong = text.codePointCount(0, text.length()) > LONGEST_QUOTE;
    String quote =
        isLong ? text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…" : text;
    String words =
        switch (message.state()) {
          case SENDING -> "… sending";
          case FAILED -> "✗ not sent (" + failure(message) + ")";
          case SENT -> "✓ sent";
          case DELIVERED -> "✓✓ delivered" + unproven(message);
          case READ -> "✓✓ read" + unproven(message);
          case IMPORTED -> "imported";
        };
    return words + ": " + quote;
  }

  static String failure(Message message) {
    return message.details().get(Message.FAILURE) instanceof String why
        ? Printable.line(why)
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
