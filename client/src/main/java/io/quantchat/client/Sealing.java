package io.quantchat.client;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Message;
import io.quantchat.client.store.LocalStore;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.MessageSealer;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.OutgoingMessage;
import io.quantchat.crypto.ReceiptKey;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.Sealed;
import io.quantchat.crypto.Utf8Text;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Seals messages, each once. Its bytes, what the recipient's pin then is, and the end of the prekey
 * are one transaction: who dies before it has sent nothing, and who dies after it has the bytes.
 */
final class Sealing {

  /** Refusals of the prekey, not of the peer: another prekey may do. */
  private static final Set<Refusal> OF_THE_PREKEY =
      Set.of(
          Refusal.REUSED_PREKEY,
          Refusal.EXPIRED_PREKEY,
          Refusal.BAD_PROOF,
          Refusal.BAD_SIGNATURE,
          Refusal.MISSING_SIGNATURE,
          Refusal.UNEXPECTED_SIGNATURE,
          Refusal.WRONG_KEY,
          Refusal.WRONG_USER);

  private final LocalStore store;
  private final Peers peers;
  private final Surroundings surroundings;
  private final MessageSealer sealer;

  Sealing(
      UUID userId,
      LocalStore store,
      Peers peers,
      IdentityKeys identity,
      Surroundings surroundings) {
    this.store = store;
    this.peers = peers;
    this.surroundings = surroundings;
    this.sealer =
        new MessageSealer(
            userId,
            identity,
            Capabilities.ofThisProgram(),
            store.peers()::isSpent,
            surroundings.clock(),
            surroundings.random());
  }

  /**
   * Seals a message, and keeps what was sealed: nothing leaves that isn't in the store.
   *
   * @return the send request's JSON
   * @throws RefusedException where nothing can be sent to that contact as things are
   */
  byte[] seal(Message message) {
    var outgoing =
        new OutgoingMessage(
            message.id(), message.created(), Utf8Text.encode("text", message.text()));
    Sealed sealed = seal(message.contactId(), outgoing);
    try (ReceiptKey receiptKey = sealed.receiptKey()) {
      return keep(message, sealed, receiptKey);
    }
  }

  private byte[] keep(Message message, Sealed sealed, ReceiptKey receiptKey) {
    byte[] request = Json.write(sealed.envelope().toMap());
    surroundings.at(Step.SEALED);
    store.transaction(
        () -> {
          store.outbox().keepRequest(message.id(), request);
          store.receiptKeys().keep(message.senderId(), message.id(), receiptKey);
          store.peers().keep(sealed.peer());
          sealed.envelope().sessionKey().prekeys().oneTime().ifPresent(store.peers()::spend);
          store
              .messages()
              .keepDetails(Details.of(message, sealed.envelope().suite(), sealed.mode()));
        });
    surroundings.at(Step.SEAL_KEPT);
    return request;
  }

  private Sealed seal(UUID contactId, OutgoingMessage outgoing) {
    boolean mayTake = true;
    while (true) {
      Peers.Supply supply = peers.supply(contactId, mayTake);
      Optional<OfferedPrekey> prekey = supply.prekey();
      try {
        return sealer.seal(supply.peer(), prekey, outgoing);
      } catch (RefusedException e) {
        if (prekey.isEmpty() || !OF_THE_PREKEY.contains(e.refusal())) {
          throw e;
        }
        // What a server that cheats hands out is passed over; it is asked once only.
        store.peers().spend(prekey.get().prekey().id());
        mayTake = false;
      }
    }
  }
}
