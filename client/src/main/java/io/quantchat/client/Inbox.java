package io.quantchat.client;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.RelayApi.Page;
import io.quantchat.crypto.Envelope;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.MessageOpener;
import io.quantchat.crypto.Opened;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.Received;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Messages on their way in. Opened, then stored in one transaction, then acknowledged; what is
 * refused is kept for a look, not acknowledged, and hinders nothing else.
 */
final class Inbox {

  /** Refusals that a newer bundle of the sender's may cure. */
  private static final Set<Refusal> CURABLE =
      Set.of(Refusal.EXPIRED_BUNDLE, Refusal.WRONG_KEY, Refusal.DOWNGRADE, Refusal.REVOKED_KEY);

  /** A walk ends, whatever the server says; the next one goes on. */
  private static final int MOST_PAGES = 1_000;

  private final UUID userId;
  private final LocalStore store;
  private final RelayApi relay;
  private final Peers peers;
  private final MessageOpener opener;
  private final Surroundings surroundings;
  private final QuantChatListener listener;

  Inbox(
      UUID userId,
      LocalStore store,
      RelayApi relay,
      Peers peers,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.relay = relay;
    this.peers = peers;
    this.surroundings = surroundings;
    this.listener = listener;
    this.opener = new MessageOpener(userId, store.ownKeys(), surroundings.clock());
  }

  /**
   * Takes all that the relay has.
   *
   * @return whether something is left that another try may help
   */
  boolean catchUp(Consumer<List<UUID>> acknowledge) {
    boolean left = false;
    Optional<String> cursor = Optional.empty();
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Page page = relay.pending(cursor);
      var taken = new ArrayList<UUID>();
      for (Map<String, Object> message : page.messages()) {
        try {
          arrived(message).ifPresent(taken::add);
        } catch (ServerUnreachableException e) {
          left = true;
        } catch (DamagedException e) {
          listener.failed(e);
        }
      }
      if (!taken.isEmpty()) {
        settled(taken, acknowledge);
      }
      cursor = page.nextCursor();
      if (cursor.isEmpty()) {
        return left;
      }
    }
    return true;
  }

  /** Takes one message that was pushed. */
  void take(Map<String, Object> wire, Consumer<List<UUID>> acknowledge) {
    arrived(wire).ifPresent(id -> settled(List.of(id), acknowledge));
  }

  /**
   * The relay forgets what is acknowledged: by then the keys that opened it are in no file any
   * more.
   */
  private void settled(List<UUID> taken, Consumer<List<UUID>> acknowledge) {
    store.settle();
    acknowledge.accept(taken);
  }

  /**
   * Takes one message.
   *
   * @param wire as it came
   * @return its id, if it is to be acknowledged: it is stored, now or before
   * @throws ServerUnreachableException where the sender's keys can't be asked for now; the message
   *     stays with the relay
   */
  private Optional<UUID> arrived(Map<String, Object> wire) {
    surroundings.at(Step.ARRIVED);
    try {
      Envelope envelope = Envelope.fromMap(wire, userId);
      if (!store.received().contains(envelope.key())) {
        take(envelope);
      }
      return Optional.of(envelope.messageId());
    } catch (RefusedException e) {
      keepForALook(wire, e);
      return Optional.empty();
    }
  }

  private void take(Envelope envelope) {
    UUID senderId = envelope.senderId();
    Opened opened;
    Peer sender = peers.known(senderId);
    try {
      opened = opener.open(envelope, sender);
    } catch (RefusedException e) {
      if (!CURABLE.contains(e.refusal())) {
        throw e;
      }
      opened = opener.open(envelope, newer(senderId, e));
    }
    surroundings.at(Step.OPENED);
    try (Opened toSettle = opened) {
      Message message = toSettle.settle(this::settle);
      surroundings.at(Step.SETTLED);
      listener.received(message);
    }
  }

  private Peer newer(UUID senderId, RefusedException refused) {
    try {
      return peers.refreshed(senderId);
    } catch (RefusedException replayed) {
      refused.addSuppressed(replayed);
      throw refused;
    }
  }

  private Message settle(Received received) {
    MessageKey key = received.message();
    Message message =
        Details.of(
            new Message(
                key.messageId(),
                key.senderId(),
                key.senderId(),
                received.created(),
                surroundings.now(),
                MessageState.DELIVERED,
                new String(received.plaintext(), StandardCharsets.UTF_8),
                received.mediaRefs().values().isEmpty()
                    ? Map.of()
                    : Map.of("media_refs", received.mediaRefs().values())),
            received.suite(),
            received.mode());
    return store.transaction(
        () -> {
          if (store.messages().add(message)) {
            store.messages().oweReceipt(message);
          }
          received.spentPrekey().ifPresent(store.ownKeys()::spend);
          store.received().remember(key);
          store.peers().keep(received.sender());
          surroundings.at(Step.SETTLING);
          return message;
        });
  }

  private void keepForALook(Map<String, Object> wire, RefusedException refused) {
    var kept =
        new Quarantined(
            Json.string(wire, "message_id").or(() -> Json.string(wire, "id")).orElse(""),
            Json.string(wire, "sender_id").orElse(""),
            surroundings.now(),
            refused.refusal().name(),
            refused.getMessage(),
            wire);
    if (store.received().refuse(kept)) {
      listener.refused(kept);
    }
  }
}
