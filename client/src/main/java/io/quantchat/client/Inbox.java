package io.quantchat.client;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
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
import io.quantchat.crypto.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Messages on their way in. Opened, then stored in one transaction, then acknowledged; what is
 * refused is kept for a look, not acknowledged, and hinders nothing else.
 */
final class Inbox {

  /** A walk ends, whatever the server says; the next one goes on. */
  private static final int MOST_PAGES = 1_000;

  private final UUID userId;
  private final LocalStore store;
  private final RelayApi relay;
  private final Askings askings;
  private final Refusals refusals;
  private final OneTimeSupply oneTime;
  private final MessageOpener opener;
  private final Surroundings surroundings;
  private final QuantChatListener listener;

  Inbox(
      UUID userId,
      LocalStore store,
      RelayApi relay,
      Peers peers,
      OneTimeSupply oneTime,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.relay = relay;
    this.askings = new Askings(store, peers, surroundings);
    this.refusals = new Refusals(store, askings, surroundings);
    this.oneTime = oneTime;
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
    askings.beginLook();
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
      refusals.settled().forEach(listener::refused);
      if (!taken.isEmpty()) {
        settled(taken, acknowledge);
      }
      if (cursor.isPresent() && cursor.equals(page.nextCursor())) {
        // It goes round in circles: the next look begins anew.
        return true;
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
    Optional<UUID> taken = arrived(wire);
    refusals.settled().forEach(listener::refused);
    taken.ifPresent(id -> settled(List.of(id), acknowledge));
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
   * @return its id, if it is to be acknowledged: it is stored, now or before, or the user has done
   *     away with it
   * @throws ServerUnreachableException where the sender's keys can't be asked for now; the message
   *     stays with the relay
   */
  private Optional<UUID> arrived(Map<String, Object> wire) {
    surroundings.at(Step.ARRIVED);
    Refusals.Seen seen = Refusals.Seen.of(wire);
    switch (refusals.verdict(seen)) {
      case STANDS -> {
        return Optional.empty();
      }
      case DISCARDED -> {
        return seen.messageId();
      }
      case OPEN -> {
        // Below.
      }
    }
    try {
      Envelope envelope = Envelope.fromMap(wire, userId);
      if (!store.received().contains(envelope.key())) {
        take(envelope);
      }
      return Optional.of(envelope.messageId());
    } catch (RefusedException e) {
      refusals.add(seen, e);
      return Optional.empty();
    }
  }

  private void take(Envelope envelope) {
    UUID senderId = envelope.senderId();
    Opened opened;
    Peer sender = askings.known(senderId);
    try {
      opened = opener.open(envelope, sender);
    } catch (RefusedException e) {
      if (!Refusals.CURABLE.contains(e.refusal())) {
        throw e;
      }
      opened = opener.open(envelope, askings.newer(senderId, e));
    }
    surroundings.at(Step.OPENED);
    try (Opened toSettle = opened) {
      OptionalLong withheld = withheld(envelope);
      Message message = toSettle.settle(received -> settle(received, withheld));
      surroundings.at(Step.SETTLED);
      listener.received(message);
      withheld.ifPresent(onOffer -> listener.withheld(message, onOffer));
    }
  }

  /** How many one-time prekeys were on offer, where a message came without one all the same. */
  private OptionalLong withheld(Envelope envelope) {
    return envelope.sessionKey().prekeys().oneTime().isPresent()
        ? OptionalLong.empty()
        : oneTime.onOfferWhen(envelope.created());
  }

  private Message settle(Received received, OptionalLong withheld) {
    MessageKey key = received.message();
    Message sealed =
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
    Message message =
        withheld.isPresent() ? sealed.with(Message.ON_OFFER, withheld.getAsLong()) : sealed;
    return store.transaction(
        () -> {
          if (store.messages().add(message)) {
            store.messages().oweReceipt(message);
            store.receiptKeys().keep(key.senderId(), key.messageId(), received.receiptKey());
          }
          received.spentPrekey().ifPresent(store.ownKeys()::spend);
          store.received().remember(key);
          store.peers().keep(received.sender());
          surroundings.at(Step.SETTLING);
          return message;
        });
  }
}
