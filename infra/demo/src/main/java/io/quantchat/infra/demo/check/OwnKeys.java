package io.quantchat.infra.demo.check;

import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.Envelope;
import io.quantchat.crypto.Held;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeyId;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.Keyring;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.MessageOpener;
import io.quantchat.crypto.MessageSealer;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.OneTimeKeys;
import io.quantchat.crypto.Opened;
import io.quantchat.crypto.OutgoingMessage;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.PublicKey;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.SignedBundle;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The keys of an account that writes to itself: one bundle, and one prekey for one message. */
final class OwnKeys implements Keyring {

  private final UUID userId;
  private final SecureRandom random;
  private final Clock clock = Clock.systemUTC();
  private final IdentityKeys identity;
  private final SignedBundle bundle;
  private final KeyId signedPrekeyId;
  private final KeyId lastResortId;
  private final KeyId oneTimeId;
  private final PrekeyBatch batch;
  private final Secret signedPrekey;
  private final Secret lastResort;
  private final Secret oneTimeEcdh;
  private final Secret oneTimeMlKem;

  OwnKeys(UUID userId, SecureRandom random) {
    this.userId = userId;
    this.random = random;
    this.identity = IdentityKeys.generate(random);
    Instant now = now();
    try (EcdhPrivateKey ecdh = EcdhPrivateKey.generate(random);
        MlKemPrivateKey mlKem = MlKemPrivateKey.generate(random);
        OneTimeKeys oneTime = OneTimeKeys.generate(random)) {
      signedPrekeyId = KeyId.of(ecdh.publicKey());
      signedPrekey = ecdh.toSecret();
      lastResortId = KeyId.of(mlKem.publicKey());
      lastResort = mlKem.toSecret();
      oneTimeId = oneTime.prekey().id();
      oneTimeEcdh = oneTime.ecdh().toSecret();
      oneTimeMlKem = oneTime.mlKem().toSecret();
      List<ListedKey> keys =
          Stream.<PublicKey>of(
                  identity.ecdsa().publicKey(),
                  identity.mlDsa().publicKey(),
                  ecdh.publicKey(),
                  mlKem.publicKey())
              .map(key -> ListedKey.of(key, now, KeyStatus.ACTIVE))
              .toList();
      bundle =
          SignedBundle.sign(
              new Bundle(
                  userId,
                  1,
                  now,
                  now.plus(Bundle.LONGEST_LIFE),
                  Capabilities.ofThisProgram(),
                  new KeySet(keys)),
              identity,
              random);
      batch =
          PrekeyBatch.sign(
              userId, UUID.randomUUID(), now, List.of(oneTime.prekey()), identity, random);
    }
  }

  SignedBundle bundle() {
    return bundle;
  }

  PrekeyBatch prekeys() {
    return batch;
  }

  /**
   * A message of the account to itself.
   *
   * @param published its bundle as the relay hands it out
   * @param prekey the one-time prekey that the relay handed out with it
   */
  Envelope seal(
      UUID messageId, String text, SignedBundle published, Optional<OfferedPrekey> prekey) {
    var sealer =
        new MessageSealer(
            userId, identity, Capabilities.ofThisProgram(), used -> false, clock, random);
    return sealer
        .seal(
            Peer.pin(userId, published, now()),
            prekey,
            new OutgoingMessage(messageId, now(), text.getBytes(StandardCharsets.UTF_8)))
        .envelope();
  }

  /** The text of a message of the account to itself. */
  String open(Envelope envelope) {
    try (Opened opened =
        new MessageOpener(userId, this, clock).open(envelope, Peer.pin(userId, bundle, now()))) {
      return opened.settle(received -> new String(received.plaintext(), StandardCharsets.UTF_8));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Optional<Bundle> bundle(long version) {
    return Optional.of(bundle.bundle()).filter(own -> own.version() == version);
  }

  @Override
  public Optional<Held<EcdhPrivateKey>> signedPrekey(KeyId id) {
    return id.equals(signedPrekeyId)
        ? Optional.of(new Held<>(EcdhPrivateKey.of(signedPrekey), KeyStatus.ACTIVE))
        : Optional.empty();
  }

  @Override
  public Optional<Held<MlKemPrivateKey>> lastResort(KeyId id) {
    return id.equals(lastResortId)
        ? Optional.of(new Held<>(MlKemPrivateKey.of(lastResort), KeyStatus.ACTIVE))
        : Optional.empty();
  }

  @Override
  public Optional<OneTimeKeys> oneTime(KeyId id) {
    return id.equals(oneTimeId)
        ? Optional.of(
            new OneTimeKeys(EcdhPrivateKey.of(oneTimeEcdh), MlKemPrivateKey.of(oneTimeMlKem)))
        : Optional.empty();
  }

  @Override
  public boolean hasReceived(MessageKey message) {
    return false;
  }
}
