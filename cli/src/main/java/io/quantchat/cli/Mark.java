package io.quantchat.cli;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the line of a message says beside its text, in signs: how far it is, and what else sets it
 * apart. All that can be said so is a line here.
 */
enum Mark {
  WAITING("…", "not sent yet"),
  FAILED("✗", "not sent"),
  SENT("✓", "sent"),
  DELIVERED("✓✓", "delivered"),
  READ("✓✓ read", "read"),
  UNPROVEN("(they say)", "the server says so, and the other side hasn't proved it"),
  IMPORTED("imported", "imported"),
  SEALED_AGAIN("(sealed again)", "sealed again, for keys that were gone"),
  STRANGER("(no contact)", "came from somebody who was no contact"),
  NUMBER_AGAIN("(number used before)", "the other side goes on from a copy of its store");

  private final String sign;
  private final String meaning;

  Mark(String sign, String meaning) {
    this.sign = sign;
    this.meaning = meaning;
  }

  private boolean appliesTo(Message message) {
    return switch (this) {
      case WAITING -> isOwn(message, MessageState.SENDING);
      case FAILED -> isOwn(message, MessageState.FAILED);
      case SENT -> isOwn(message, MessageState.SENT);
      case DELIVERED -> isOwn(message, MessageState.DELIVERED);
      case READ -> isOwn(message, MessageState.READ);
      case UNPROVEN -> !message.isIncoming() && message.details().containsKey(Message.UNPROVEN);
      case IMPORTED -> message.isImported();
      case SEALED_AGAIN -> message.details().containsKey(Message.SEALED_AGAIN);
      case STRANGER -> message.details().containsKey(Message.STRANGER);
      case NUMBER_AGAIN -> message.details().containsKey(Message.REPEATED_NUMBER);
    };
  }

  private static boolean isOwn(Message message, MessageState state) {
    return !message.isIncoming() && message.state() == state;
  }

  private String inWords() {
    return sign.endsWith(meaning) ? sign : sign + " " + meaning;
  }

  /** All that apply to a message, in one text; empty where none does. */
  static String of(Message message) {
    return Arrays.stream(values())
        .filter(mark -> mark.appliesTo(message))
        .map(mark -> mark.sign)
        .collect(Collectors.joining(" "));
  }

  /** The same, with how far it is in words. */
  static String inWords(Message message) {
    return Arrays.stream(values())
        .filter(mark -> mark.appliesTo(message))
        .map(mark -> mark.compareTo(READ) <= 0 ? mark.inWords() : mark.sign)
        .collect(Collectors.joining(" "));
  }

  /** What the signs mean, for a help text. */
  static String meanings() {
    return Arrays.stream(values()).map(Mark::inWords).collect(Collectors.joining(", "));
  }
}
