package io.quantchat.cli;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import java.util.Optional;
import java.util.UUID;

/** Where a conversation is seen and typed. One thread reads; any may show. */
interface ChatScreen extends AutoCloseable {

  /** The next line that was typed; nothing at the end. */
  Optional<String> readLine();

  /** A message of either side. */
  void message(Message message);

  /** A message of one's own has moved on. */
  void state(Message message);

  /** A message of one's own goes out again, under a new id. */
  default void reissued(UUID oldId, Message message) {}

  /** A file of a message has moved on. */
  void file(UUID messageId, MessageFile file);

  void typing(boolean typing);

  void presence(boolean online);

  void connection(boolean open);

  /**
   * Anything else.
   *
   * @param event what it is, for programs
   * @param text for people, printable
   */
  void note(String event, String text);

  /** Whether all that was to be shown could be; once it couldn't, nothing is shown any more. */
  boolean isShown();

  @Override
  void close();
}
