package io.quantchat.cli;

import io.quantchat.cli.agent.AgentLostException;
import io.quantchat.cli.agent.Chat;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import java.util.List;

/** Knows the files of messages. */
interface Attached {

  Attached NONE = message -> List.of();

  List<MessageFile> of(Message message);

  /** Asks the account, where a message says that it has files. */
  static Attached in(Chat chat) {
    return message -> {
      if (!message.details().containsKey(Message.FILES) && !message.isImported()) {
        return List.of();
      }
      try {
        return chat.files(message.senderId(), message.id());
      } catch (AgentLostException e) {
        // Of which is told elsewhere.
        return List.of();
      }
    };
  }
}
