package io.quantchat.client;

import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.OwnKeyStore;
import io.quantchat.client.wire.KeyDirectory;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.OneTimeKeys;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.PublicKey;
import io.quantchat.crypto.SignedBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps the account's own keys made, published, rotated and forgotten in time. */
final class OwnKeys {

  private static final Duration ROTATION = Duration.ofDays(7);

  /** The relay keeps a message for 7 days, and clocks differ. */
  private static final Duration KEPT_AFTER_ROTATION = Duration.ofDays(8);

  /**
   * The directory hands a prekey out for 30 days, who has it may use it for 7 more, and the relay
   * keeps the message for 7.
   */
  private static final Duration ONE_TIME_LIFE = Duration.ofDays(60);

  private final UUID userId;
  private final LocalStore store;
  private final KeyDirectory directory;
  private final Surroundings surroundings;
  private final IdentityKeys identity;

  OwnKeys(UUID userId, LocalStore store, KeyDirectory directory, Surroundings surroundings) {
    this.userId = userId;
    this.store = store;
    this.directory = directory;
    this.surroundings = surroundings;
    this.identity = store.account().identity().orElseGet(this::newIdentity);
  }

  private IdentityKeys newIdentity() {
    IdentityKeys keys = IdentityKeys.generate(surroundings.random());
    store.account().keep(keys);
    return keys;
  }

  IdentityKeys identity() {
    return identity;
  }

  /**
   * Does what is due. Each part is stored before it is published, and published until that worked.
   */
  void upkeep() {
    Instant now = surroundings.now();
    OwnKeyStore own = store.ownKeys();
    Optional<SignedBundle> latest = store.ownBundles().latest();
    if (latest.isEmpty()) {
      publish(make(versionThere() + 1, Optional.empty()));
    } else if (!store.ownBundles().isPublished(latest.get().bundle().version())) {
      publish(isOfThisTime(latest.get(), now) ? latest.get() : again(latest.get()));
    } else if (own.rotatedAt().filter(made -> now.isBefore(made.plus(ROTATION))).isEmpty()) {
      publish(make(latest.get().bundle().version() + 1, latest));
    }
    own.forgetBefore(now.minus(KEPT_AFTER_ROTATION));
    store.ownBundles().forgetBefore(now.minus(KEPT_AFTER_ROTATION));
    own.forgetOneTimeBefore(now.minus(ONE_TIME_LIFE));
    replenish();
  }

  /** Does what is due, and rotates the prekeys whether or not that is. */
  void rotate() {
    upkeep();
    Optional<SignedBundle> latest = store.ownBundles().latest();
    publish(make(latest.map(bundle -> bundle.bundle().version()).orElse(0L) + 1, latest));
  }

  /** Uploads one-time prekeys where the directory is running out of them. */
  void replenish() {
    OwnKeyStore own = store.ownKeys();
    if (own.batchesToUpload().isEmpty() && directory.isLow()) {
      makeBatch();
    }
    for (PrekeyBatch batch : own.batchesToUpload()) {
      // One that is never taken has no more to wait for: the next upkeep makes another.
      directory.upload(batch);
      surroundings.at(Step.BATCH_UPLOADED);
      own.uploaded(batch);
    }
  }

  /** One that was made while the clock was wrong is never taken, or expires too soon. */
  private static boolean isOfThisTime(SignedBundle bundle, Instant now) {
    return !bundle.bundle().created().isAfter(now) && now.isBefore(bundle.bundle().expires());
  }

  /** Another of the same version, in the place of one that nobody has seen. */
  private SignedBundle again(SignedBundle unpublished) {
    return make(unpublished.bundle().version(), Optional.of(unpublished));
  }

  /** The directory takes a version once: its refusal may be the echo of an answer that was lost. */
  private void publish(SignedBundle bundle) {
    SignedBundle current = bundle;
    surroundings.at(Step.BUNDLE_KEPT);
    if (!directory.publish(current)) {
      Optional<SignedBundle> there = directory.bundle(userId, 0);
      if (there.filter(found -> found.toMap().equals(bundle.toMap())).isEmpty()) {
        long version = there.map(found -> found.bundle().version()).orElse(0L);
        current = make(version + 1, Optional.of(bundle));
        if (!directory.publish(current)) {
          // Another program of this account is at it: the next upkeep tries again.
          return;
        }
      }
    }
    surroundings.at(Step.BUNDLE_PUBLISHED);
    store.ownBundles().published(current.bundle().version());
  }

  private long versionThere() {
    return directory.bundle(userId, 0).map(bundle -> bundle.bundle().version()).orElse(0L);
  }

  private SignedBundle make(long version, Optional<SignedBundle> previous) {
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
      Stream<ListedKey> deprecated =
          previous.stream()
              .flatMap(bundle -> bundle.bundle().keys().keys().stream())
              .filter(key -> store.ownKeys().holds(key.id()))
              .map(key -> key.withStatus(KeyStatus.DEPRECATED));
      var bundle =
          new Bundle(
              userId,
              version,
              now,
              now.plus(Bundle.LONGEST_LIFE),
              Capabilities.ofThisProgram(),
              new KeySet(Stream.concat(active, deprecated).toList()));
      SignedBundle signed = SignedBundle.sign(bundle, identity, surroundings.random());
      return store.transaction(
          () -> {
            store.ownKeys().rotate(signedPrekey, lastResort, now);
            store.ownBundles().keep(signed);
            return signed;
          });
    }
  }

  private void makeBatch() {
    Instant now = surroundings.now();
    var pairs = new ArrayList<OneTimeKeys>();
    try {
      for (int i = 0; i < surroundings.batchSize(); i++) {
        pairs.add(OneTimeKeys.generate(surroundings.random()));
      }
      PrekeyBatch batch =
          PrekeyBatch.sign(
              userId,
              UUID.randomUUID(),
              now,
              pairs.stream().map(OneTimeKeys::prekey).toList(),
              identity,
              surroundings.random());
      store.ownKeys().addBatch(batch, pairs, now);
      surroundings.at(Step.BATCH_KEPT);
    } finally {
      pairs.forEach(OneTimeKeys::close);
    }
  }
}
