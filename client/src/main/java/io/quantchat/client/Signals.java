package io.quantchat.client;

import io.quantchat.client.model.Contact;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.Socket;
import io.quantchat.client.wire.Wire;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What people tell one another beside messages: receipts, typing, presence.
 *
 * <p>The relay keeps no receipts: what is told to somebody who isn't connected is lost. So a
 * receipt is owed until it was sent while its recipient was known to be there; sent at another
 * time, it is sent once more when they show themselves. Who isn't seen, for want of being a contact
 * on both sides, is told when they next write or type.
 */
final class Signals {

  private final UUID userId;
  private final LocalStore store;
  private final QuantChatListener listener;

  /** Who has shown themselves since the socket was opened, and hasn't left. */
  private final Set<UUID> present = new HashSet<>();

  Signals(UUID userId, LocalStore store, QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.listener = listener;
  }

  /** A socket was opened: who is there is found out anew. */
  void reset() {
    present.clear();
  }

  /** Whether it is worth asking who is there. */
  boolean mayHaveBeenMissed() {
    return store.messages().mayHaveMissedReceipts();
  }

  /** What the relay says of contacts. */
  void look(Iterable<Contact> contacts) {
    for (Contact contact : contacts) {
      if (contact.online()) {
        showed(contact.id());
      }
    }
  }

  /** Somebody is there: what they may have missed is owed them again. */
  void showed(UUID who) {
    if (present.add(who)) {
      store.messages().oweMissedReceipts(who);
    }
  }

  /** Tells senders how far their messages are. */
  void sendReceipts(Socket socket) {
    for (Message message : store.messages().owedReceipts()) {
      String type =
          message.state() == MessageState.READ ? "read_confirmation" : "delivery_confirmation";
      socket.send(
          type,
          Map.of(
              "message_id", message.id().toString(), "sender_id", message.senderId().toString()));
      store.messages().receiptSent(message, present.contains(message.senderId()));
    }
  }

  /**
   * Takes one of theirs; what isn't one is passed over.
   *
   * @param type the frame's
   */
  void take(String type, Map<String, Object> payload) {
    String who = type.equals("contact_added") ? "contact_id" : "user_id";
    Wire.id(payload, who).ifPresent(user -> take(type, user, payload));
  }

  private void take(String type, UUID user, Map<String, Object> payload) {
    switch (type) {
      case "message_delivered" -> receipt(user, payload, MessageState.DELIVERED);
      case "message_read" -> receipt(user, payload, MessageState.READ);
      case "typing" -> {
        showed(user);
        listener.typing(user, Boolean.TRUE.equals(payload.get("is_typing")));
      }
      case "user_online" -> {
        showed(user);
        listener.presence(user, true);
      }
      case "user_offline" -> {
        present.remove(user);
        listener.presence(user, false);
      }
      case "contact_added" ->
          listener.contactAdded(user, Wire.text(payload, "username").orElse(""));
      default -> {
        // An answer that nobody waits for, or an event of tomorrow.
      }
    }
  }

  private void receipt(UUID from, Map<String, Object> payload, MessageState state) {
    showed(from);
    Optional<UUID> messageId = Wire.id(payload, "message_id");
    messageId
        .flatMap(id -> store.messages().advance(userId, id, from, state))
        .ifPresent(listener::moved);
  }
}
