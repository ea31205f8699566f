package io.quantchat.cli.agent;

import io.quantchat.client.QuantChatListener;
import io.quantchat.client.model.Message;

/** Is told what happens with an account that several commands may share. */
public interface ChatListener extends QuantChatListener {

  /** Another command has written a message. */
  default void written(Message message) {}
}
