package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
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
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The program of an account, as far as it makes keys. */
public final class KeyOwner {

  private final SecureRandom random = new SecureRandom();
  private IdentityKeys identity = IdentityKeys.generate(random);

  private final UUID id;
  final Account account;

  /** Somebody who has no keys yet. */
  public KeyOwner(Account account) {
    this(UUID.fromString(account.userId()), account);
  }

  /** The program of an account of which no more than the id is known. */
  public KeyOwner(String userId) {
    this(UUID.fromString(userId), null);
  }

  private KeyOwner(UUID id, Account account) {
    this.id = id;
    this.account = account;
  }

  /** Whose it is. */
  public Account account() {
    return account;
  }

  UUID id() {
    return id;
  }

  IdentityKeys identity() {
    return identity;
  }

  /** The device is lost, and with it the identity. */
  void startsAnew() {
    identity = IdentityKeys.generate(random);
  }

  /** A bundle of fresh prekeys, for as long as a bundle may live. */
  public SignedBundle bundle(long version, Instant created) {
    OneTimePrekey prekeys = pair();
    return bundle(
        version,
        created,
        Capabilities.ofThisProgram(),
        List.of(prekeys.ecdh(), prekeys.mlKem()),
        List.of());
  }

  /** A bundle of these prekeys, and of these other keys beside them. */
  SignedBundle bundle(
      long version,
      Instant created,
      Capabilities capabilities,
      List<? extends PublicKey> prekeys,
      List<ListedKey> others) {
    var keys = new ArrayList<>(others);
    Stream.concat(
            Stream.of(identity.ecdsa().publicKey(), identity.mlDsa().publicKey()), prekeys.stream())
        .map(key -> ListedKey.of(key, created, KeyStatus.ACTIVE))
        .forEach(keys::add);
    return SignedBundle.sign(
        new Bundle(
            id(),
            version,
            created,
            created.plus(Bundle.LONGEST_LIFE),
            capabilities,
            new KeySet(keys)),
        identity,
        random);
  }

  /** A batch of fresh prekeys. */
  public PrekeyBatch batch(int size, Instant created) {
    return batch(UUID.randomUUID(), size, created);
  }

  PrekeyBatch batch(UUID batchId, int size, Instant created) {
    return sign(batchId, created, Stream.generate(this::pair).limit(size).toList());
  }

  /** The same prekeys under other signatures, as long as these are the same id and time. */
  PrekeyBatch sign(UUID batchId, Instant created, List<OneTimePrekey> prekeys) {
    return PrekeyBatch.sign(id(), batchId, created, prekeys, identity, random);
  }

  OneTimePrekey pair() {
    try (EcdhPrivateKey ecdh = EcdhPrivateKey.generate(random);
        MlKemPrivateKey mlKem = MlKemPrivateKey.generate(random)) {
      return new OneTimePrekey(ecdh.publicKey(), mlKem.publicKey());
    }
  }

  /** A bundle as it is published. */
  public static ObjectNode json(SignedBundle bundle) {
    return PackedJson.of(bundle.toMap());
  }

  /** A batch as it is uploaded. */
  public static ObjectNode json(PrekeyBatch batch) {
    return PackedJson.of(batch.toMap());
  }
}
