package io.quantchat.client;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.RelayApi.Page;
import io.quantchat.crypto.Content;
import io.quantchat.crypto.Envelope;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.MessageOpener;
import io.quantchat.crypto.Opened;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.Received;
import io.quantchat.crypto.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  private static final String ASKED_AGAIN = "; its sender is asked to seal it again";

  /** What has no id comes after all ids. */
  private static final String LAST = "g";

  /** A walk ends, whatever the server says; the next one goes on. */
  private static final int MOST_PAGES = 1_000;

  /** At once: a server may hand over more than it was asked for. */
  private static final int MOST_ACKNOWLEDGED = 100;

  private final UUID userId;
  private final LocalStore store;
  private final RelayApi relay;
  private final Askings askings;
  private final Refusals refusals;
  private final OneTimeSupply oneTime;
  private final MessageOpener opener;
  private final Streams streams;
  private final Requests requests;
  private final Resealing resealing;
  private boolean answered;
  private final Surroundings surroundings;
  private final QuantChatListener listener;

  Inbox(
      UUID userId,
      LocalStore store,
      RelayApi relay,
      Peers peers,
      OneTimeSupply oneTime,
      Requests requests,
      Resealing resealing,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.relay = relay;
    this.askings = new Askings(store, peers, surroundings);
    this.refusals = new Refusals(store, askings, surroundings);
    this.oneTime = oneTime;
    this.requests = requests;
    this.resealing = resealing;
    this.streams = new Streams(store);
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
      for (Map<String, Object> message : inOrder(page)) {
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
        boolean unused = streams.hasNewGap();
        if (!left) {
          requests.lookedAtAll();
        }
        return left;
      }
    }
    return true;
  }

  /** The relay hands messages over in the order of their ids: where it doesn't, they are put so. */
  private static List<Map<String, Object>> inOrder(Page page) {
    return page.messages().stream()
        .sorted(
            Comparator.comparing(
                message -> Refusals.Seen.of(message).messageId().map(UUID::toString).orElse(LAST)))
        .toList();
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
    for (int from = 0; from < taken.size(); from += MOST_ACKNOWLEDGED) {
      acknowledge.accept(taken.subList(from, Math.min(from + MOST_ACKNOWLEDGED, taken.size())));
    }
  }

  /**
   * Takes one message.
   *
   * @param wire as it came
   * @return its id, if it is to be acknowledged: it is stored, now or before, or the user has done
   *     away with it, or it can't ever be opened here and is asked for again
   * @throws ServerUnreachableException where the sender's keys can't be asked for now; the message
   *     stays with the relay
   */
  private Optional<UUID> arrived(Map<String, Object> wire) {
    surroundings.at(Step.ARRIVED);
    Refusals.Seen seen = Refusals.Seen.of(wire);
    switch (refusals.verdict(seen)) {
      case STANDS -> {
        return seen.messageId().filter(id -> requests.isAskedFor(seen.key()));
      }
      case DISCARDED -> {
        return seen.messageId();
      }
      case OPEN -> {
        // Below.
      }
    }
    Optional<Envelope> read = Optional.empty();
    try {
      Envelope envelope = Envelope.fromMap(wire, userId);
      read = Optional.of(envelope);
      if (!store.received().contains(envelope.key())) {
        take(envelope, Boolean.TRUE.equals(wire.get(Message.STRANGER)));
      }
      return Optional.of(envelope.messageId());
    } catch (RefusedException e) {
      return refused(seen, read, e);
    }
  }

  private void take(Envelope envelope, boolean isStrangers) {
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
      var arrival = new Arrival(withheld, isStrangers);
      Settled settled = toSettle.settle(received -> settle(received, arrival));
      surroundings.at(Step.SETTLED);
      settled
          .message()
          .ifPresent(
              message -> {
                listener.received(message);
                withheld.ifPresent(onOffer -> listener.withheld(message, onOffer));
              });
      answered |= !settled.reissued().isEmpty();
      settled.reissued().forEach(again -> listener.reissued(again.oldId(), again.message()));
    }
  }

  /** How many one-time prekeys were on offer, where a message came without one all the same. */
  private OptionalLong withheld(Envelope envelope) {
    return envelope.sessionKey().prekeys().oneTime().isPresent()
        ? OptionalLong.empty()
        : oneTime.onOfferWhen(envelope.created());
  }

  /** Whether something goes out for what came in, since this was last asked. */
  boolean hasAnswered() {
    boolean since = answered;
    answered = false;
    return since;
  }

  /** Whether all is to be looked at, since this was last asked: a push has shown a gap. */
  boolean isLookDue() {
    return streams.hasNewGap();
  }

  private Settled settle(Received received, Arrival arrival) {
    Content content = received.content();
    return store.transaction(
        () -> {
          Settled settled =
              switch (content) {
                case Content.Plain plain ->
                    shown(received, message(received, plain.text(), Optional.empty(), arrival));
                case Content.Text text -> settle(received, text, arrival);
                case Content.Again again ->
                    new Settled(
                        Optional.empty(), resealing.answer(received.message().senderId(), again));
              };
          received.spentPrekey().ifPresent(store.ownKeys()::spend);
          store.received().remember(received.message());
          store.asked().remove(received.message());
          store.peers().keep(received.sender());
          surroundings.at(Step.SETTLING);
          return settled;
        });
  }

  private Settled settle(Received received, Content.Text text, Arrival arrival) {
    Message message =
        streams.numbered(message(received, text.text(), text.written(), arrival), text);
    if (!streams.isFirst(received.message(), text)) {
      return new Settled(Optional.empty(), List.of());
    }
    store
        .files()
        .add(
            message.senderId(),
            message.id(),
            message.contactId(),
            MessageFiles.received(received, text.files(), surroundings.random()));
    Message withFiles =
        text.files().isEmpty() ? message : message.with(Message.FILES, text.files().size());
    return shown(
        received,
        text.replaces().isEmpty()
            ? withFiles
            : withFiles.with(Message.SEALED_AGAIN, text.replaces().size()));
  }

  private Settled shown(Received received, Message message) {
    if (store.messages().add(message)) {
      store.messages().oweReceipt(message);
      store.receiptKeys().keep(message.senderId(), message.id(), received.receiptKey());
    }
    return new Settled(Optional.of(message), List.of());
  }

  private Message message(
      Received received, String text, Optional<Instant> written, Arrival arrival) {
    MessageKey key = received.message();
    Message sealed =
        Details.of(
            new Message(
                key.messageId(),
                key.senderId(),
                key.senderId(),
                written.orElse(received.created()),
                surroundings.now(),
                MessageState.DELIVERED,
                text,
                received.mediaRefs().values().isEmpty()
                    ? Map.of()
                    : Map.of("media_refs", received.mediaRefs().values())),
            received.suite(),
            received.mode());
    return arrival.describe(sealed);
  }

  /** Keeps it for a look, and has its sender asked for another form of it, in one transaction. */
  private Optional<UUID> refused(
      Refusals.Seen seen, Optional<Envelope> read, RefusedException refused) {
    boolean[] asks = new boolean[1];
    Optional<Quarantined> kept =
        store.transaction(
            () -> {
              asks[0] = read.isPresent() && requests.askFor(read.get(), refused);
              return asks[0] ? refusals.keep(seen, refused, ASKED_AGAIN) : Optional.empty();
            });
    if (!asks[0]) {
      refusals.add(seen, refused);
      return Optional.empty();
    }
    surroundings.at(Step.REFUSAL_KEPT);
    kept.ifPresent(listener::refused);
    return read.map(Envelope::messageId);
  }

  /**
   * How a message came.
   *
   * @param withheld how many one-time prekeys were on offer, where it came without one
   * @param isStrangers whether the relay says that its sender is no contact
   */
  private record Arrival(OptionalLong withheld, boolean isStrangers) {

    Message describe(Message message) {
      Message described =
          withheld.isPresent() ? message.with(Message.ON_OFFER, withheld.getAsLong()) : message;
      return isStrangers ? described.with(Message.STRANGER, true) : described;
    }
  }

  /** A message that is in the store: what of it is shown, and what goes out for it. */
  private record Settled(Optional<Message> message, List<Resealing.Reissued> reissued) {}
}
