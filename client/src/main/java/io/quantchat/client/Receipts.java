package io.quantchat.client;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.Frame;
import io.quantchat.crypto.Receipt;
import io.quantchat.crypto.ReceiptKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is said about how far messages are. The recipient proves it, by a key that came with the
 * message; without a proof it is the server's word, which counts for nothing where the recipient's
 * program proves, and is marked as unproven where it doesn't.
 */
final class Receipts {

  /** The capability of programs that prove. */
  static final String PROVING = "content-1";

  /** Receipts may overtake the relay's answer to what they are about; so many are kept for it. */
  private static final int MOST_EARLY = 256;

  private final UUID userId;
  private final LocalStore store;
  private final Map<UUID, Frame.Receipt> early =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Frame.Receipt> eldest) {
          return size() > MOST_EARLY;
        }
      };

  Receipts(UUID userId, LocalStore store) {
    this.userId = userId;
    this.store = store;
  }

  /** The proof of how far a received message is; nothing for one that came with no key. */
  Optional<byte[]> proofOf(Message received) {
    Receipt receipt = received.state() == MessageState.READ ? Receipt.READ : Receipt.DELIVERED;
    Optional<ReceiptKey> kept = find(received.senderId(), received.id());
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try (ReceiptKey key = kept.get()) {
      return Optional.of(key.prove(receipt, received.id()));
    }
  }

  /** A receipt was told to somebody who was there. */
  void heard(Message received) {
    if (received.state() == MessageState.READ) {
      store.receiptKeys().forget(received.senderId(), received.id());
    }
  }

  /**
   * Takes one.
   *
   * @return the message that has moved by it
   */
  Optional<Message> take(Frame.Receipt said) {
    return said.messageId().flatMap(id -> take(id, said));
  }

  /** The relay has answered that it has a message: what was said of it meanwhile counts now. */
  Optional<Message> sent(UUID messageId) {
    return Optional.ofNullable(early.remove(messageId)).flatMap(said -> take(messageId, said));
  }

  private Optional<Message> take(UUID messageId, Frame.Receipt said) {
    Optional<ReceiptKey> kept = find(userId, messageId);
    if (kept.isEmpty()) {
      // From before there were keys; or all was proven, and nothing moves any more.
      return unproven(messageId, said);
    }
    try (ReceiptKey key = kept.get()) {
      if (said.proof().isPresent()) {
        return proves(key, messageId, said) ? proven(messageId, said) : Optional.empty();
      }
    }
    return isProving(said.userId()) ? Optional.empty() : unproven(messageId, said);
  }

  private static boolean proves(ReceiptKey key, UUID messageId, Frame.Receipt said) {
    Receipt receipt = said.state() == MessageState.READ ? Receipt.READ : Receipt.DELIVERED;
    try {
      byte[] proof = Base64.getDecoder().decode(said.proof().orElse(""));
      return key.proves(receipt, messageId, proof);
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }

  private Optional<Message> proven(UUID messageId, Frame.Receipt said) {
    return store.transaction(
        () -> {
          Optional<Message> moved = advance(messageId, said, true);
          if (moved.isPresent()) {
            // It has arrived, whatever became of the relay's answer.
            store.outbox().remove(messageId);
            if (said.state() == MessageState.READ) {
              store.receiptKeys().forget(userId, messageId);
            }
          }
          return moved;
        });
  }

  private Optional<Message> unproven(UUID messageId, Frame.Receipt said) {
    if (store.outbox().find(messageId).isPresent()) {
      early.merge(messageId, said, Receipts::further);
    }
    return advance(messageId, said, false);
  }

  private static Frame.Receipt further(Frame.Receipt one, Frame.Receipt other) {
    return one.state().rank() >= other.state().rank() ? one : other;
  }

  private Optional<Message> advance(UUID messageId, Frame.Receipt said, boolean proven) {
    return store
        .messages()
        .advanceByReceipt(userId, messageId, said.userId(), said.state(), proven);
  }

  private boolean isProving(UUID contactId) {
    return store
        .peers()
        .find(contactId)
        .filter(known -> known.peer().bundle().bundle().capabilities().names().contains(PROVING))
        .isPresent();
  }

  private Optional<ReceiptKey> find(UUID senderId, UUID messageId) {
    try {
      return store.receiptKeys().find(senderId, messageId);
    } catch (DamagedException e) {
      // Then nothing can be proved of that message.
      return Optional.empty();
    }
  }
}
