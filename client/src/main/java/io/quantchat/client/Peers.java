package io.quantchat.client;

import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.PeerStore.Known;
import io.quantchat.client.wire.KeyDirectory;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Identity;
import io.quantchat.crypto.KeyId;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.OfferedPrekeys;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SignedBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Other people's keys: asked for, verified, pinned, kept. */
final class Peers {

  /** How old the last look at a peer's bundle may be when a message is sealed for it. */
  private static final Duration FRESH = Duration.ofDays(1);

  /** How long a prekey that was handed out may wait: its owner doesn't keep it for ever. */
  private static final Duration PREKEY_LIFE = Duration.ofDays(7);

  /** One-time prekeys asked for at once: the directory's most. */
  private static final int AT_ONCE = OfferedPrekeys.MOST;

  private final LocalStore store;
  private final Map<UUID, Pause> noTaking = new HashMap<>();
  private final KeyDirectory directory;
  private final Surroundings surroundings;
  private final QuantChatListener listener;

  Peers(
      LocalStore store,
      KeyDirectory directory,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.store = store;
    this.directory = directory;
    this.surroundings = surroundings;
    this.listener = listener;
  }

  /**
   * Who somebody is; at first contact the directory is asked, and the answer pinned.
   *
   * @throws RefusedException MISSING where they have published nothing; else what {@link Peer#pin}
   *     says
   */
  Peer known(UUID userId) {
    return store.peers().find(userId).map(Known::peer).orElseGet(() -> refreshed(userId));
  }

  /** Asks for a newer bundle. */
  Peer refreshed(UUID userId) {
    return learned(userId, directory.bundle(userId, knownVersion(userId)));
  }

  /** The version not to be sent again: a waiting identity's bundle is asked for whole. */
  private long knownVersion(UUID userId) {
    return store
        .peers()
        .find(userId)
        .map(Known::peer)
        .filter(peer -> peer.changed().isEmpty())
        .map(peer -> peer.bundle().bundle().version())
        .orElse(0L);
  }

  /** Learns what the directory has answered: a bundle, or that the known one is the newest. */
  private Peer learned(UUID userId, Optional<SignedBundle> newer) {
    if (newer.isPresent()) {
      return learn(userId, newer.get());
    }
    store.peers().checked(userId, surroundings.now());
    return store.peers().find(userId).map(Known::peer).orElseThrow(Peers::nothingPublished);
  }

  /**
   * Finds what a message is sealed with: the peer as it is now, and a one-time prekey if there is
   * one.
   *
   * @param mayTake whether the directory may be asked for prekeys
   */
  Supply supply(UUID userId, boolean mayTake) {
    Optional<Known> known = store.peers().find(userId);
    // Another identity may have been a lie, or a mistake that is over: it is asked for each time.
    if (isBlocked(known) && refreshed(userId).changed().isPresent()) {
      throw new RefusedException(Refusal.IDENTITY_CHANGED, "bundle");
    }
    Optional<OfferedPrekey> kept = nextPrekey(userId);
    if (kept.isEmpty() && mayTake && mayTakeNow(userId)) {
      Optional<Peer> taken = take(userId);
      if (taken.isPresent()) {
        return new Supply(taken.get(), nextPrekey(userId));
      }
    }
    return new Supply(current(userId), kept);
  }

  private static boolean isBlocked(Optional<Known> known) {
    return known.filter(found -> found.peer().changed().isPresent()).isPresent();
  }

  /** Who somebody is, as far as is known here. */
  Optional<Peer> knownHere(UUID userId) {
    return store.peers().find(userId).map(Known::peer);
  }

  private Peer current(UUID userId) {
    return store
        .peers()
        .find(userId)
        .filter(this::isFresh)
        .map(Known::peer)
        .orElseGet(() -> refreshed(userId));
  }

  private boolean mayTakeNow(UUID userId) {
    return noTaking.getOrDefault(userId, Pause.OVER).isOver();
  }

  private Optional<OfferedPrekey> nextPrekey(UUID userId) {
    return store.peers().nextPrekey(userId, surroundings.now().minus(PREKEY_LIFE));
  }

  private boolean isFresh(Known known) {
    Instant now = surroundings.now();
    // A look that seems to be still to come was taken by a clock that was ahead.
    return !known.checked().isAfter(now)
        && now.isBefore(known.checked().plus(FRESH))
        && now.isBefore(known.peer().bundle().bundle().expires());
  }

  /**
   * Takes prekeys, unless too many were taken for now, by this account or of that one: then the
   * last-resort key has to do, so that nobody can keep others from writing to somebody by taking
   * all there is. So it has where the directory knows nothing of somebody whose keys are known: it
   * doesn't say whether they are gone, which the relay does of the message.
   */
  private Optional<Peer> take(UUID userId) {
    long known = knownVersion(userId);
    Optional<KeyDirectory.Taken> taken;
    try {
      taken = directory.take(userId, AT_ONCE, known);
    } catch (ServerUnreachableException e) {
      Duration wait = e.retryAfter().orElseThrow(() -> e);
      noTaking.put(userId, surroundings.pause(wait));
      return Optional.empty();
    }
    if (taken.isEmpty() && known == 0) {
      throw nothingPublished();
    }
    return taken.map(found -> kept(userId, found));
  }

  private Peer kept(UUID userId, KeyDirectory.Taken taken) {
    surroundings.at(Step.TAKEN);
    Peer peer = learned(userId, taken.bundle());
    if (peer.changed().isEmpty()) {
      taken.prekeys().forEach(prekey -> store.peers().offer(userId, prekey, surroundings.now()));
    }
    return peer;
  }

  private Peer learn(UUID userId, SignedBundle bundle) {
    Instant now = surroundings.now();
    Optional<Peer> before = knownHere(userId);
    Peer after =
        before.map(peer -> peer.learn(bundle, now)).orElseGet(() -> Peer.pin(userId, bundle, now));
    requireNewestSeen(bundle.bundle());
    store.transaction(
        () -> {
          store.peers().keep(after);
          store.peers().checked(userId, now);
          if (after.changed().isEmpty()) {
            store.peers().saw(bundle.bundle());
            if (before.filter(known -> hasRevoked(known, bundle)).isPresent()) {
              // One-time prekeys of before went with the keys that it lists as revoked.
              store.peers().dropPrekeys(userId);
            }
          }
        });
    if (after.changed().isPresent()
        && before
            .filter(known -> known.identityToCompare().equals(after.identityToCompare()))
            .isEmpty()) {
      listener.identityChanged(userId);
    }
    return after;
  }

  /**
   * An identity's versions only rise, also for who has met it before and knows nothing else of it.
   *
   * @throws RefusedException OLDER_BUNDLE
   */
  private void requireNewestSeen(Bundle offered) {
    boolean older =
        store
            .peers()
            .newestSeen(offered.identity())
            .filter(seen -> Bundle.isOlder(offered.version(), seen))
            .isPresent();
    if (older) {
      throw new RefusedException(Refusal.OLDER_BUNDLE, "bundle");
    }
  }

  private static boolean hasRevoked(Peer before, SignedBundle bundle) {
    Set<KeyId> known = revoked(before.bundle());
    return revoked(bundle).stream().anyMatch(key -> !known.contains(key));
  }

  private static Set<KeyId> revoked(SignedBundle bundle) {
    return bundle.bundle().keys().keys().stream()
        .filter(key -> key.status() == KeyStatus.REVOKED)
        .map(ListedKey::id)
        .collect(Collectors.toSet());
  }

  /** The user has compared safety numbers, or takes the risk. */
  void acceptIdentity(UUID userId, Identity compared) {
    store.transaction(
        () -> {
          Peer accepted = known(userId).acceptIdentity(compared);
          store.peers().keep(accepted);
          store.peers().saw(accepted.bundle().bundle());
          store.peers().dropPrekeys(userId);
          store.ownStreams().beginAnew(userId);
          store.theirStreams().forget(userId);
        });
  }

  void consentToDowngrade(UUID userId) {
    store.peers().keep(refreshed(userId).consentToDowngrade());
  }

  private static RefusedException nothingPublished() {
    return new RefusedException(Refusal.MISSING, "bundle");
  }

  /** A peer and perhaps a prekey, to seal a message with. */
  record Supply(Peer peer, Optional<OfferedPrekey> prekey) {}
}
