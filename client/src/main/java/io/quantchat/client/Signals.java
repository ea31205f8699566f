package io.quantchat.client;

import io.quantchat.client.model.Contact;
import io.quantchat.client.model.Message;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.Frame;
import io.quantchat.client.wire.Socket;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Carries what people tell one another beside messages: receipts, typing, presence.
 *
 * <p>The relay keeps no receipts: what is told to somebody who isn't connected is lost, and so is
 * what is told between two of whom one hasn't added the other. So a receipt is owed until it was
 * sent while its recipient was known to be there; sent at another time, it is sent once more when
 * they show themselves. A stranger's message shows nobody: no receipt reaches them. Whatever else
 * the relay passes on comes from a contact on both sides.
 */
final class Signals {

  private final LocalStore store;
  private final Receipts receipts;
  private final QuantChatListener listener;

  /** Who has shown themselves since the socket was opened, and hasn't left. */
  private final Set<UUID> present = new HashSet<>();

  Signals(LocalStore store, Receipts receipts, QuantChatListener listener) {
    this.store = store;
    this.receipts = receipts;
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

  /** Takes the relay's word on who is there. */
  void look(Collection<Contact> contacts) {
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
      socket.confirm(message, receipts.proofOf(message));
      boolean heard = present.contains(message.senderId());
      store.messages().receiptSent(message, heard);
      if (heard) {
        receipts.heard(message);
      }
    }
  }

  /** Takes one of theirs. */
  void take(Frame.Signal signal) {
    switch (signal) {
      case Frame.Receipt receipt -> take(receipt);
      case Frame.Typing typing -> {
        showed(typing.userId());
        listener.typing(typing.userId(), typing.isTyping());
      }
      case Frame.Presence presence -> {
        if (presence.isOnline()) {
          showed(presence.userId());
        } else {
          present.remove(presence.userId());
        }
        listener.presence(presence.userId(), presence.isOnline());
      }
      case Frame.ContactAdded added -> listener.contactAdded(added.contactId(), added.username());
    }
  }

  private void take(Frame.Receipt receipt) {
    showed(receipt.userId());
    receipts.take(receipt).ifPresent(listener::moved);
  }
}
