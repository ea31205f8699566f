package io.quantchat.client;

import io.quantchat.client.Resealing.Reissued;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.OutboxStore.Waiting;
import io.quantchat.client.wire.KeyDirectory;
import io.quantchat.crypto.Content;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SignedBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Has a store that came back from a copy go on, or one whose identity an account file brought:
 * nothing that another one may have used is used again, and what came since is asked for.
 *
 * <p>First, in one transaction, here: numbers begin anew, prekeys of others are dropped, what waits
 * to go out does so under new ids that say what they are instead of, and everybody is asked for
 * what they have sent since. Then all that the relay has is opened with the keys of the copy. Then
 * these keys are replaced; an account file has none, so others are made at once.
 */
final class Recovery {

  /** How often the directory is asked whether another program of this account was at it. */
  private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

  private final UUID userId;
  private final LocalStore store;
  private final KeyDirectory directory;
  private final OwnKeys ownKeys;
  private final Requests requests;
  private final Outbox.Ids ids;
  private final Surroundings surroundings;
  private final QuantChatListener listener;

  Recovery(
      UUID userId,
      LocalStore store,
      KeyDirectory directory,
      OwnKeys ownKeys,
      Requests requests,
      Outbox.Ids ids,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.directory = directory;
    this.ownKeys = ownKeys;
    this.requests = requests;
    this.ids = ids;
    this.surroundings = surroundings;
    this.listener = listener;
  }

  /** Does what needs no server, if the store is a copy, or its identity was brought. */
  void begin() {
    if (store.copy().isPresent() || store.account().isBrought()) {
      recover();
    }
  }

  /** Asks the directory, now and then, whether another program goes on with a copy. */
  void look() {
    Instant now = surroundings.now();
    Instant last = store.account().lookedAt();
    if (!now.isBefore(last) && now.isBefore(last.plus(BETWEEN_LOOKS))) {
      return;
    }
    Optional<SignedBundle> latest = store.ownBundles().latest();
    if (latest.isPresent() && isAhead(latest.get())) {
      recover();
    }
    store.account().looked(now);
  }

  /** Something has come that only another program of this account can have brought about. */
  void lookSoon() {
    store.account().looked(Instant.EPOCH);
  }

  /** Whether this identity has published what this store has never made. */
  private boolean isAhead(SignedBundle latest) {
    long own = latest.bundle().version();
    return directory
        .bundle(userId, own)
        .filter(there -> there.bundle().version() >= own)
        .filter(there -> there.bundle().identity().equals(ownKeys.identity().identity()))
        .filter(there -> !there.toMap().equals(latest.toMap()))
        .filter(this::isSigned)
        .isPresent();
  }

  private boolean isSigned(SignedBundle there) {
    try {
      there.verify(surroundings.now());
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private void recover() {
    var reissued = new ArrayList<Reissued>();
    var asked = new ArrayList<UUID>();
    var notAsked = new ArrayList<UUID>();
    store.transaction(
        () -> {
          store.ownStreams().beginAnew();
          store.peers().dropPrekeys();
          store.outbox().waiting().forEach(waiting -> anew(waiting).ifPresent(reissued::add));
          for (UUID contactId : store.messages().correspondents()) {
            if (requests.canBeAsked(contactId)) {
              requests.request(contactId, since(contactId));
              asked.add(contactId);
            } else {
              notAsked.add(contactId);
            }
          }
          if (store.account().isBrought()) {
            ownKeys.replace();
            store.account().brought(false);
          } else {
            store.account().recoveryDue(true);
          }
          if (store.copy().isPresent()) {
            store.acceptAsOriginal();
          }
        });
    surroundings.at(Step.RECOVERY_KEPT);
    reissued.forEach(again -> listener.reissued(again.oldId(), again.message()));
    listener.restored(List.copyOf(asked), List.copyOf(notAsked));
  }

  /**
   * Under another id, for the relay may have had another message under that one. What can't be read
   * any more is left to the outbox, which says so.
   */
  private Optional<Reissued> anew(Waiting waiting) {
    UUID oldId = waiting.messageId();
    UUID newId = ids.next(surroundings.now());
    try {
      Optional<byte[]> control = store.outbox().control(oldId);
      if (control.isPresent()) {
        store.outbox().remove(oldId);
        store.outbox().addControl(newId, waiting.contactId(), control.get());
        return Optional.empty();
      }
      return store
          .reissue(userId, oldId, newId, surroundings.now())
          .map(message -> new Reissued(oldId, message));
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  private Content.Again since(UUID contactId) {
    return new Content.Again(
        Content.Reason.COPY.wireName(),
        List.of(),
        Optional.empty(),
        Optional.of(new Content.After(store.theirStreams().last(contactId))));
  }

  /** Replaces the keys of the copy, once all was opened that they can open. */
  void finish() {
    if (store.account().isRecoveryDue()) {
      ownKeys.reset();
      store.account().recoveryDue(false);
      surroundings.at(Step.RECOVERED);
    }
  }
}
