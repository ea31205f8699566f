package io.quantchat.infra.demo;

import io.quantchat.client.QuantChat;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.util.List;
import java.util.UUID;

/**
 * Someone with a program, a store and eyes.
 *
 * @param name what the transcript calls them
 * @param secrets what only they know, and what the server may
 * @param program theirs
 * @param eyes take in what it tells
 */
record Person(String name, Secrets secrets, QuantChat program, Eyes eyes) {

  UUID id() {
    return program.account().orElseThrow().userId();
  }

  String email() {
    return secrets.email();
  }

  List<String> textsWith(Person other) {
    return program.conversation(other.id()).stream().map(Message::text).toList();
  }

  void connect() throws Difference {
    program.connect();
    eyes.await(Told.Connection.class, Told.Connection::open);
  }

  Message awaitMessage(Message sent) throws Difference {
    Message came =
        eyes.await(Told.Received.class, told -> told.message().id().equals(sent.id())).message();
    Difference.check("sender", sent.senderId(), came.senderId());
    Difference.check("text", sent.text(), came.text());
    return came;
  }

  /** The message that was sent, once it is this far. */
  Message awaitState(Message sent, MessageState state) throws Difference {
    return eyes.await(
            Told.Moved.class,
            told -> told.message().id().equals(sent.id()) && told.message().state() == state)
        .message();
  }

  /** Never the secrets. */
  @Override
  public String toString() {
    return name;
  }
}
