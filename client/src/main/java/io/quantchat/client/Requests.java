package io.quantchat.client;

import io.quantchat.client.store.AskedStore.Asked;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.PeerStore.Known;
import io.quantchat.client.store.TheirStreamStore.Heard;
import io.quantchat.crypto.Content;
import io.quantchat.crypto.Envelope;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asks senders to seal again what can't be opened here, or never came.
 *
 * <p>That a message can't be opened is found out before its signature can be: that is made over
 * public parts of prekeys that are gone with their private ones. So whoever can put a message into
 * the relay makes this account send requests, and they are few: so many messages of one sender, and
 * of strangers; so many requests within an hour; each a few times, with more time between.
 */
final class Requests {

  /** Refusals of how a message was sealed; sealed anew, it may open. */
  private static final Set<Refusal> CURABLE =
      Set.of(
          Refusal.UNKNOWN_PREKEY,
          Refusal.UNKNOWN_BUNDLE,
          Refusal.REVOKED_KEY,
          Refusal.EXPIRED_BUNDLE);

  /** Where such a refusal speaks of one's own keys, not of the sender's. */
  private static final String OWN_KEYS = "encrypted_session_key.";

  /** Messages of one sender that may be asked for at a time. */
  private static final int MOST_OF_ONE = 256;

  private static final int MOST_OF_STRANGERS = 10;

  /** The first waits for nothing. */
  private static final List<Duration> BETWEEN =
      List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(2));

  private static final int MOST_AN_HOUR = 20;

  /** A gap that lasts for so long is asked for: what is late comes sooner. */
  static final Duration GAP_LASTS = Duration.ofMinutes(1);

  /** The relay keeps nothing for longer. */
  private static final Duration KEPT = Duration.ofDays(8);

  private final LocalStore store;
  private final Outbox.Ids ids;
  private final Surroundings surroundings;
  private final QuantChatListener listener;
  private final Map<UUID, Integer> counted = new HashMap<>();
  private Instant countedSince = Instant.MIN;

  Requests(
      LocalStore store, Outbox.Ids ids, Surroundings surroundings, QuantChatListener listener) {
    this.store = store;
    this.ids = ids;
    this.surroundings = surroundings;
    this.listener = listener;
  }

  /**
   * Has a message asked for that was refused, if that may help. Within the transaction that keeps
   * it for a look: from then on it may be acknowledged.
   *
   * @return whether it is, from now on or before
   */
  boolean askFor(Envelope envelope, RefusedException refused) {
    if (store.asked().contains(envelope.key())) {
      return true;
    }
    UUID senderId = envelope.senderId();
    boolean asks =
        CURABLE.contains(refused.refusal())
            && refused.field().startsWith(OWN_KEYS)
            && canBeAsked(senderId)
            && store.asked().countOf(senderId) < MOST_OF_ONE
            && (store.messages().correspondents().contains(senderId)
                || store.asked().countOfStrangers() < MOST_OF_STRANGERS);
    if (asks) {
      store.asked().add(envelope.key(), surroundings.now());
    }
    return asks;
  }

  /** Whether a message can't be opened, and is asked for. */
  boolean isAskedFor(Optional<MessageKey> message) {
    return message.filter(store.asked()::contains).isPresent();
  }

  /** Whether somebody's identity is pinned, unchanged, and their program reads requests. */
  boolean canBeAsked(UUID senderId) {
    return store
        .peers()
        .find(senderId)
        .map(Known::peer)
        .filter(peer -> peer.changed().isEmpty())
        .map(Peer::bundle)
        .filter(bundle -> Content.isReadBy(bundle.bundle().capabilities()))
        .isPresent();
  }

  /** All that the relay has was looked at: what is missing now is told. */
  void lookedAtAll() {
    long now = surroundings.now().toEpochMilli();
    for (Heard heard : store.theirStreams().open()) {
      long count = heard.missing().count();
      // What was refused came: it is in no stream, for nobody could read its number.
      long told = count > refusedOf(heard.senderId()) ? count : 0;
      if (told != heard.told() || (told > 0 && heard.noticed() == 0)) {
        store.theirStreams().keep(heard.told(told, now));
        listener.missing(heard.senderId(), store.theirStreams().told(heard.senderId()));
      }
    }
  }

  private long refusedOf(UUID senderId) {
    return store.refusals().kept().stream()
        .filter(kept -> kept.senderId().equals(senderId.toString()))
        .count();
  }

  /**
   * Puts requests for which it is time into the outbox.
   *
   * @return whether there were any
   */
  boolean run() {
    Instant now = surroundings.now();
    if (!now.isBefore(countedSince.plus(Duration.ofHours(1)))) {
      countedSince = now;
      counted.clear();
    }
    store.asked().forgetBefore(now.minus(KEPT));
    boolean any = false;
    for (UUID senderId : store.asked().senders(now, BETWEEN.size())) {
      any |= askForUnopened(senderId, now);
    }
    for (Heard heard : store.theirStreams().open()) {
      any |= askForMissing(heard, now);
    }
    return any;
  }

  private boolean askForUnopened(UUID senderId, Instant now) {
    if (!mayAsk(senderId)) {
      return false;
    }
    List<Asked> due = store.asked().due(senderId, now, BETWEEN.size(), Content.MOST_IDS);
    var request =
        new Content.Again(
            Content.Reason.UNOPENED.wireName(),
            due.stream().map(asked -> asked.message().messageId()).toList(),
            Optional.empty(),
            Optional.empty());
    store.transaction(
        () -> {
          due.forEach(
              asked ->
                  store.asked().asked(asked.message(), now.plus(BETWEEN.get((int) asked.times()))));
          request(senderId, request);
        });
    surroundings.at(Step.ASKED);
    return true;
  }

  private boolean askForMissing(Heard heard, Instant now) {
    boolean isTime =
        heard.told() > 0
            && heard.times() < BETWEEN.size()
            && now.toEpochMilli() >= heard.noticed() + GAP_LASTS.toMillis()
            && now.toEpochMilli() >= heard.next();
    if (!isTime || !canBeAsked(heard.senderId()) || !mayAsk(heard.senderId())) {
      return false;
    }
    var request =
        new Content.Again(
            Content.Reason.MISSING.wireName(),
            List.of(),
            Optional.of(new Content.OfEpoch(heard.epoch(), heard.missing())),
            Optional.empty());
    Instant next = now.plus(BETWEEN.get((int) heard.times()));
    store.transaction(
        () -> {
          store.theirStreams().keep(heard.asked(next.toEpochMilli()));
          request(heard.senderId(), request);
        });
    surroundings.at(Step.ASKED);
    return true;
  }

  private boolean mayAsk(UUID senderId) {
    return counted.merge(senderId, 1, Integer::sum) <= MOST_AN_HOUR;
  }

  /** Within a transaction. */
  void request(UUID senderId, Content.Again request) {
    store.outbox().addControl(ids.next(surroundings.now()), senderId, request.encode());
  }
}
