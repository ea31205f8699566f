package io.quantchat.infra.demo.attacks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.OneTimePrekey;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.PublicKey;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.infra.demo.attacks.Attacker.Account;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;

/** Keys of an account that is attacked, as its program would publish them. */
final class PublishedKeys {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SecureRandom random = new SecureRandom();
  private final IdentityKeys identity = IdentityKeys.generate(random);
  private final UUID userId;

  PublishedKeys(Account owner) {
    this.userId = UUID.fromString(owner.id());
  }

  /** The body of {@code PUT /keys/bundle}. */
  ObjectNode bundle() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    OneTimePrekey prekeys = pair();
    var keys =
        Stream.<PublicKey>of(
                identity.ecdsa().publicKey(),
                identity.mlDsa().publicKey(),
                prekeys.ecdh(),
                prekeys.mlKem())
            .map(key -> ListedKey.of(key, now, KeyStatus.ACTIVE))
            .toList();
    var bundle =
        new Bundle(
            userId,
            1,
            now,
            now.plus(Bundle.LONGEST_LIFE),
            Capabilities.ofThisProgram(),
            new KeySet(keys));
    return JSON.valueToTree(SignedBundle.sign(bundle, identity, random).toMap());
  }

  /** The body of {@code POST /keys/prekeys}. */
  ObjectNode prekeys(int size) {
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
