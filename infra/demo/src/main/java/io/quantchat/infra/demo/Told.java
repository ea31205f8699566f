package io.quantchat.infra.demo;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.Quarantined;
import java.util.UUID;

/** Something that somebody's program has told them. */
sealed interface Told {

  record Received(Message message) implements Told {}

  record Moved(Message message) implements Told {}

  record Refused(Quarantined message) implements Told {}

  record FileMoved(UUID messageId, MessageFile file) implements Told {}

  record Typing(UUID contactId, boolean typing) implements Told {}

  record Presence(UUID contactId, boolean online) implements Told {}

  record Connection(boolean open) implements Told {}

  /** Something that should never be told in this play. */
  record Trouble(String what) implements Told {}
}
