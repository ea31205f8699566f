package io.quantchat.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An account with a program and its storage, in memory. */
final class Person implements Keyring {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000Z");

  final UUID userId;
  final SecureRandom random;
  final IdentityKeys identityKeys;
  final Map<KeyId, Secret> signedPrekeys = new HashMap<>();
  final Map<KeyId, Secret> lastResorts = new HashMap<>();
  final Map<KeyId, List<Secret>> oneTimeKeys = new HashMap<>();
  final Map<KeyId, KeyStatus> statuses = new HashMap<>();
  final Map<Long, Bundle> bundles = new HashMap<>();
  final Set<MessageKey> received = new HashSet<>();
  final Set<KeyId> usedPrekeys = new HashSet<>();
  final List<OfferedPrekey> offers = new ArrayList<>();
  Instant now = NOW;
  SignedBundle signedBundle;
  Capabilities capabilities;

  Person(String name, Capabilities capabilities) {
    this.userId = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    this.random = new ScriptedRandom(name);
    this.identityKeys = IdentityKeys.generate(random);
    publish(capabilities);
  }

  /** Of fixed capabilities: the known answers have them. */
  static Person named(String name) {
    return new Person(name, Capabilities.of(Suite.values()));
  }

  /** Makes new prekeys and a bundle of one version more; older prekeys are deprecated. */
  SignedBundle publish(Capabilities can) {
    statuses.replaceAll((id, status) -> KeyStatus.DEPRECATED);
    List<ListedKey> keys = new ArrayList<>();
    if (signedBundle != null) {
      signedBundle.bundle().keys().keys().stream()
          .filter(key -> statuses.containsKey(key.id()))
          .map(key -> key.withStatus(KeyStatus.DEPRECATED))
          .forEach(keys::add);
    }
    try (EcdhPrivateKey signedPrekey = EcdhPrivateKey.generate(random);
        MlKemPrivateKey lastResort = MlKemPrivateKey.generate(random)) {
      List<PublicKey> fresh =
          List.of(
              identityKeys.ecdsa().publicKey(),
              identityKeys.mlDsa().publicKey(),
              signedPrekey.publicKey(),
              lastResort.publicKey());
      fresh.forEach(key -> keys.add(ListedKey.of(key, now, KeyStatus.ACTIVE)));
      signedPrekeys.put(KeyId.of(signedPrekey.publicKey()), signedPrekey.toSecret());
      lastResorts.put(KeyId.of(lastResort.publicKey()), lastResort.toSecret());
      statuses.put(KeyId.of(signedPrekey.publicKey()), KeyStatus.ACTIVE);
      statuses.put(KeyId.of(lastResort.publicKey()), KeyStatus.ACTIVE);
    }
    long version = signedBundle == null ? 1 : signedBundle.bundle().version() + 1;
    return publish(
        new Bundle(userId, version, now, now.plus(Duration.ofDays(30)), can, new KeySet(keys)));
  }

  SignedBundle publish(Bundle bundle) {
    capabilities = bundle.capabilities();
    bundles.put(bundle.version(), bundle);
    signedBundle = SignedBundle.sign(bundle, identityKeys, random);
    return signedBundle;
  }

  /** Makes a batch of one-time prekeys; the server's offers of it are added to {@link #offers}. */
  PrekeyBatch addPrekeys(int count) {
    List<OneTimePrekey> prekeys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (OneTimeKeys pair = OneTimeKeys.generate(random)) {
        prekeys.add(pair.prekey());
        oneTimeKeys.put(
            pair.prekey().id(), List.of(pair.ecdh().toSecret(), pair.mlKem().toSecret()));
      }
    }
    UUID batchId = new UUID(userId.getMostSignificantBits(), offers.size());
    PrekeyBatch batch = PrekeyBatch.sign(userId, batchId, now, prekeys, identityKeys, random);
    offers.addAll(batch.offers());
    return batch;
  }

  OfferedPrekey takePrekey() {
    if (offers.isEmpty()) {
      addPrekeys(4);
    }
    return offers.removeFirst();
  }

  Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  Peer pin(Person other) {
    return Peer.pin(other.userId, other.signedBundle, now);
  }

  MessageSealer sealer() {
    return new MessageSealer(
        userId, identityKeys, capabilities, usedPrekeys::contains, clock(), random);
  }

  /** Under the bundle that the recipient shows now, without a one-time prekey. */
  Envelope seal(Person recipient, OutgoingMessage message) {
    return sealer()
        .seal(
            Peer.pin(recipient.userId, recipient.signedBundle, recipient.now),
            Optional.empty(),
            message)
        .envelope();
  }

  MessageOpener opener() {
    return new MessageOpener(userId, this, clock());
  }

  /** What {@link Opened#settle} asks for. */
  String settle(Received message) {
    message.spentPrekey().ifPresent(oneTimeKeys::remove);
    received.add(message.message());
    return new String(message.plaintext(), StandardCharsets.UTF_8);
  }

  @Override
  public Optional<Bundle> bundle(long version) {
    return Optional.ofNullable(bundles.get(version));
  }

  @Override
  public Optional<Held<EcdhPrivateKey>> signedPrekey(KeyId id) {
    return Optional.ofNullable(signedPrekeys.get(id))
        .map(secret -> new Held<>(EcdhPrivateKey.of(secret), statuses.get(id)));
  }

  @Override
  public Optional<Held<MlKemPrivateKey>> lastResort(KeyId id) {
    return Optional.ofNullable(lastResorts.get(id))
        .map(secret -> new Held<>(MlKemPrivateKey.of(secret), statuses.get(id)));
  }

  @Override
  public Optional<OneTimeKeys> oneTime(KeyId id) {
    return Optional.ofNullable(oneTimeKeys.get(id))
        .map(
            secrets ->
                new OneTimeKeys(
                    EcdhPrivateKey.of(secrets.get(0)), MlKemPrivateKey.of(secrets.get(1))));
  }

  @Override
  public boolean hasReceived(MessageKey message) {
    return received.contains(message);
  }
}
