package io.quantchat.client;

import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.KeyDirectory;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeyAlgorithm;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.PublicKey;
import io.quantchat.crypto.SignedBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps the account's own keys made, published, rotated and forgotten in time. */
final class OwnKeys {

  private static final Duration ROTATION = Duration.ofDays(7);

  /** How far the clocks of two sides may be apart. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /** Messages to a key that is older than this have come, or never will. */
  private static final Duration REVOKED_FOR = Duration.ofDays(60);

  /** Of the keys that a bundle lists, besides the active ones: the newest of each status. */
  private static final int MOST_LISTED = 12;

  private final UUID userId;
  private final LocalStore store;
  private final KeyDirectory directory;
  private final KeyTime time;
  private final Surroundings surroundings;
  private final IdentityKeys identity;
  private final Forgetting forgetting;
  private final Publishing publishing;
  private final OneTimeSupply oneTime;

  OwnKeys(
      UUID userId,
      LocalStore store,
      KeyDirectory directory,
      KeyTime time,
      Surroundings surroundings) {
    this.userId = userId;
    this.store = store;
    this.directory = directory;
    this.time = time;
    this.surroundings = surroundings;
    this.identity = store.account().identity().orElseGet(this::newIdentity);
    this.forgetting = new Forgetting(store, time);
    this.publishing = new Publishing(userId, store, directory, surroundings, identity);
    this.oneTime = new OneTimeSupply(userId, store, directory, time, surroundings, identity);
  }

  private IdentityKeys newIdentity() {
    IdentityKeys keys = IdentityKeys.generate(surroundings.random());
    store.account().keep(keys);
    return keys;
  }

  IdentityKeys identity() {
    return identity;
  }

  OneTimeSupply oneTime() {
    return oneTime;
  }

  /** Deletes what is due: first of all, and whatever becomes of the rest. */
  void forget() {
    forgetting.run();
  }

  /**
   * Does what is due. Each part is stored before it is published, and published until that worked.
   */
  void upkeep() {
    forget();
    boolean unused = withdrawn();
    Instant now = surroundings.now();
    Optional<SignedBundle> latest = store.ownBundles().latest();
    if (latest.filter(bundle -> isUsable(bundle, now)).isEmpty()) {
      publish(make(latest, KeyStatus.DEPRECATED));
    } else if (!store.ownBundles().isPublished(latest.get().bundle().version())) {
      publish(latest.get());
    }
    oneTime.replenish();
  }

  /** Does what is due, and rotates the prekeys whether or not that is. */
  void rotate() {
    upkeep();
    publish(make(store.ownBundles().latest(), KeyStatus.DEPRECATED));
  }

  /**
   * Takes back all prekeys. First their private parts are gone here, and others made, in one
   * transaction; what the directory has to know follows, now or with the next upkeep.
   *
   * @return whether the directory has withdrawn what it had; false where it can't
   */
  boolean reset() {
    replace();
    surroundings.at(Step.KEYS_WIPED);
    boolean withdrawn = withdrawn();
    upkeep();
    return withdrawn;
  }

  /** Does as much of it as needs no server, in one transaction. */
  void replace() {
    Optional<SignedBundle> latest =
        store.ownBundles().latest().filter(bundle -> Bundle.isReached(bundle.bundle().version()));
    store.transaction(
        () -> {
          store.ownKeys().wipe();
          store.ownUploads().withdrawalDue(true);
          if (latest.isPresent()) {
            SignedBundle unused = make(latest, KeyStatus.REVOKED);
          }
        });
  }

  /** Has the directory withdraw its one-time prekeys, if that is due. */
  private boolean withdrawn() {
    if (!store.ownUploads().isWithdrawalDue()) {
      return true;
    }
    try {
      directory.withdraw();
    } catch (ServerRefusalException unknownThere) {
      // Its prekeys are of no use to anybody: what is sent to them is refused and asked for anew.
      return false;
    }
    surroundings.at(Step.BATCHES_WITHDRAWN);
    store.ownUploads().withdrawalDue(false);
    return true;
  }

  /**
   * Whether others can go on with a bundle: made not long ago by a clock that was right, of keys
   * that are here, of a version that another can follow, and by a program that could what this one
   * can.
   */
  private boolean isUsable(SignedBundle signed, Instant now) {
    Bundle bundle = signed.bundle();
    return Bundle.isReached(bundle.version())
        && bundle.capabilities().equals(surroundings.capabilities())
        && !bundle.created().isAfter(now.plus(CLOCK_SKEW))
        && now.isBefore(bundle.created().plus(ROTATION))
        && now.isBefore(bundle.expires())
        && bundle
            .keys()
            .primary(KeyAlgorithm.ECDH_P256)
            .filter(key -> store.ownKeys().isActive(key.id()))
            .isPresent();
  }

  private void publish(SignedBundle made) {
    publishing.publish(made, version -> make(version, Optional.of(made), KeyStatus.DEPRECATED));
  }

  private SignedBundle make(Optional<SignedBundle> latest, KeyStatus before) {
    return make(publishing.next(latest), latest, before);
  }

  /**
   * @param before what the prekeys of the bundle before are from now on
   */
  private SignedBundle make(long version, Optional<SignedBundle> previous, KeyStatus before) {
    Instant now = surroundings.now();
    try (EcdhPrivateKey signedPrekey = EcdhPrivateKey.generate(surroundings.random());
        MlKemPrivateKey lastResort = MlKemPrivateKey.generate(surroundings.random())) {
      List<PublicKey> fresh =
          List.of(
              identity.ecdsa().publicKey(),
              identity.mlDsa().publicKey(),
              signedPrekey.publicKey(),
              lastResort.publicKey());
      Stream<ListedKey> active =
          fresh.stream().map(key -> ListedKey.of(key, now, KeyStatus.ACTIVE));
      Stream<ListedKey> others =
          previous.stream().flatMap(bundle -> listed(bundle.bundle().keys(), before, now));
      var bundle =
          new Bundle(
              userId,
              version,
              now,
              now.plus(Bundle.LONGEST_LIFE),
              surroundings.capabilities(),
              new KeySet(Stream.concat(active, others).toList()));
      SignedBundle signed = SignedBundle.sign(bundle, identity, surroundings.random());
      return store.transaction(
          () -> {
            store.ownKeys().rotate(signedPrekey, lastResort, time.now());
            store.ownBundles().keep(signed);
            return signed;
          });
    }
  }

  /** The prekeys of before: those that still decrypt, and those that never will again. */
  private Stream<ListedKey> listed(KeySet previous, KeyStatus before, Instant now) {
    Stream<ListedKey> deprecated =
        previous.keys().stream()
            .filter(key -> store.ownKeys().holds(key.id()))
            .map(key -> key.withStatus(KeyStatus.DEPRECATED));
    Stream<ListedKey> revoked =
        previous.keys().stream()
            .filter(OwnKeys::isPrekey)
            .filter(key -> before == KeyStatus.REVOKED || key.status() == KeyStatus.REVOKED)
            .filter(key -> now.isBefore(key.created().plus(REVOKED_FOR)))
            .map(key -> key.withStatus(KeyStatus.REVOKED));
    return Stream.concat(newest(deprecated), newest(revoked));
  }

  private static Stream<ListedKey> newest(Stream<ListedKey> keys) {
    return keys.sorted(Comparator.comparing(ListedKey::created).reversed()).limit(MOST_LISTED);
  }

  private static boolean isPrekey(ListedKey key) {
    return key.algorithm().equals(KeyAlgorithm.ECDH_P256.wireName())
        || key.algorithm().equals(KeyAlgorithm.ML_KEM_768.wireName());
  }
}
