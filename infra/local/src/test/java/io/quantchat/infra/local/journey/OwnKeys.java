package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.Identity;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.OneTimePrekey;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.PublicKey;
import io.quantchat.crypto.SignedBundle;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The keys of an account, as its program makes and publishes them. */
final class OwnKeys {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SecureRandom random = new SecureRandom();
  private final IdentityKeys identity = IdentityKeys.generate(random);
  private final UUID userId;

  OwnKeys(Accounts.User owner) {
    this.userId = UUID.fromString(owner.id());
  }

  Identity identity() {
    return identity.identity();
  }

  /** The body of {@code PUT /keys/bundle}. */
  ObjectNode bundle(long version) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    OneTimePrekey prekeys = pair();
    List<ListedKey> keys =
        Stream.<PublicKey>of(
                identity.ecdsa().publicKey(),
                identity.mlDsa().publicKey(),
                prekeys.ecdh(),
                prekeys.mlKem())
            .map(key -> ListedKey.of(key, now, KeyStatus.ACTIVE))
            .toList();
    Bundle bundle =
        new Bundle(
            userId,
            version,
            now,
            now.plus(Bundle.LONGEST_LIFE),
            Capabilities.ofThisProgram(),
            new KeySet(keys));
    return JSON.valueToTree(SignedBundle.sign(bundle, identity, random).toMap());
  }

  /** The body of {@code POST /keys/prekeys}. */
  ObjectNode batch(int size) {
    return JSON.valueToTree(
        PrekeyBatch.sign(
                userId,
                UUID.randomUUID(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Stream.generate(this::pair).limit(size).toList(),
                identity,
                random)
            .toMap());
  }

  private OneTimePrekey pair() {
    try (EcdhPrivateKey ecdh = EcdhPrivateKey.generate(random);
        MlKemPrivateKey mlKem = MlKemPrivateKey.generate(random)) {
      return new OneTimePrekey(ecdh.publicKey(), mlKem.publicKey());
    }
  }
}
