package io.quantchat.infra.bench.encryption;

import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.Held;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeyId;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.Keyring;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.OneTimeKeys;
import io.quantchat.crypto.OneTimePrekey;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.PublicKey;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.SignedBundle;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An account in memory. Its private keys are kept as a client's store keeps them, as scalars and
 * seeds: each message makes its keys anew. It forgets nothing, so one message can be opened often.
 */
final class Account implements Keyring {

  private static final long VERSION = 1;

  final UUID userId = UUID.randomUUID();
  final IdentityKeys identityKeys;
  final SignedBundle bundle;

  private final SecureRandom random;
  private final Secret signedPrekey;
  private final Secret lastResort;
  private final Map<KeyId, Pair> pairs = new HashMap<>();

  private record Pair(Secret ecdh, Secret mlKem) {}

  Account(Capabilities capabilities, Instant now, SecureRandom random) {
    this.random = random;
    this.identityKeys = IdentityKeys.generate(random);
    try (EcdhPrivateKey classical = EcdhPrivateKey.generate(random);
        MlKemPrivateKey postQuantum = MlKemPrivateKey.generate(random)) {
      this.signedPrekey = classical.toSecret();
      this.lastResort = postQuantum.toSecret();
      List<ListedKey> keys =
          Stream.<PublicKey>of(
                  identityKeys.ecdsa().publicKey(),
                  identityKeys.mlDsa().publicKey(),
                  classical.publicKey(),
                  postQuantum.publicKey())
              .map(key -> ListedKey.of(key, now, KeyStatus.ACTIVE))
              .toList();
      this.bundle =
          SignedBundle.sign(
              new Bundle(
                  userId,
                  VERSION,
                  now,
                  now.plus(Bundle.LONGEST_LIFE),
                  capabilities,
                  new KeySet(keys)),
              identityKeys,
              random);
    }
  }

  /** Makes one-time prekeys and signs them. */
  PrekeyBatch newBatch(int count, Instant now) {
    List<OneTimePrekey> prekeys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (OneTimeKeys keys = OneTimeKeys.generate(random)) {
        OneTimePrekey prekey = keys.prekey();
        prekeys.add(prekey);
        pairs.put(prekey.id(), new Pair(keys.ecdh().toSecret(), keys.mlKem().toSecret()));
      }
    }
    return PrekeyBatch.sign(userId, UUID.randomUUID(), now, prekeys, identityKeys, random);
  }

  @Override
  public Optional<Bundle> bundle(long version) {
    return version == VERSION ? Optional.of(bundle.bundle()) : Optional.empty();
  }

  @Override
  public Optional<Held<EcdhPrivateKey>> signedPrekey(KeyId id) {
    return Optional.of(new Held<>(EcdhPrivateKey.of(signedPrekey), KeyStatus.ACTIVE));
  }

  @Override
  public Optional<Held<MlKemPrivateKey>> lastResort(KeyId id) {
    return Optional.of(new Held<>(MlKemPrivateKey.of(lastResort), KeyStatus.ACTIVE));
  }

  @Override
  public Optional<OneTimeKeys> oneTime(KeyId id) {
    return Optional.ofNullable(pairs.get(id))
        .map(
            pair ->
                new OneTimeKeys(EcdhPrivateKey.of(pair.ecdh()), MlKemPrivateKey.of(pair.mlKem())));
  }

  @Override
  public boolean hasReceived(MessageKey message) {
    return false;
  }
}
