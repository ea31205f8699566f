package io.quantchat.client.store;

import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.Held;
import io.quantchat.crypto.KeyId;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.Keyring;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.OneTimeKeys;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.PrivateKey;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.SignedBundle;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The account's own prekeys. A private part is stored before its public part is published, so a
 * published key is never one that can't be used here.
 */
public final class OwnKeyStore implements Keyring {

  private static final String SIGNED_PREKEY = "spk";
  private static final String LAST_RESORT = "kem";
  private static final String ONE_TIME = "opk";

  /** Of a one-time pair's secret: the scalar; the ML-KEM seed is the rest. */
  private static final int SCALAR_SIZE = 32;

  private final Database database;
  private final RowCipher cipher;
  private final SealedJson json;
  private final OwnBundleStore bundles;
  private final ReceivedStore received;

  OwnKeyStore(
      Database database,
      RowCipher cipher,
      SealedJson json,
      OwnBundleStore bundles,
      ReceivedStore received) {
    this.database = database;
    this.cipher = cipher;
    this.json = json;
    this.bundles = bundles;
    this.received = received;
  }

  /** New prekeys for a bundle; those of the last one only decrypt from now on. */
  public void rotate(EcdhPrivateKey signedPrekey, MlKemPrivateKey lastResort, Instant now) {
    database.transaction(
        () -> {
          database.write(
              "UPDATE own_keys SET status = ?, retired_ms = ? WHERE kind <> ? AND status = ?",
              KeyStatus.DEPRECATED.wireName(),
              now.toEpochMilli(),
              ONE_TIME,
              KeyStatus.ACTIVE.wireName());
          add(SIGNED_PREKEY, signedPrekey, now);
          add(LAST_RESORT, lastResort, now);
        });
  }

  private void add(String kind, PrivateKey key, Instant now) {
    try (Secret secret = key.toSecret()) {
      add(KeyId.of(key.publicKey()), kind, secret.bytes(), now);
    }
  }

  private void add(KeyId id, String kind, byte[] secret, Instant now) {
    database.write(
        "INSERT INTO own_keys VALUES (?, ?, ?, ?, NULL, ?)",
        id,
        kind,
        KeyStatus.ACTIVE.wireName(),
        now.toEpochMilli(),
        cipher.seal(place(id), secret));
  }

  /** Keeps a batch of one-time prekeys with their private parts, until it was uploaded. */
  public void addBatch(PrekeyBatch batch, List<OneTimeKeys> pairs, Instant now) {
    database.transaction(
        () -> {
          for (OneTimeKeys pair : pairs) {
            try (Secret scalar = pair.ecdh().toSecret();
                Secret seed = pair.mlKem().toSecret()) {
              byte[] both = Arrays.copyOf(scalar.bytes(), SCALAR_SIZE + seed.bytes().length);
              System.arraycopy(seed.bytes(), 0, both, SCALAR_SIZE, seed.bytes().length);
              add(pair.prekey().id(), ONE_TIME, both, now);
              Arrays.fill(both, (byte) 0);
            }
          }
          String id = batch.batchId().toString();
          database.write(
              "INSERT INTO own_batches VALUES (?, ?)",
              id,
              json.seal(batchPlace(id), batch.toMap()));
        });
  }

  /** Batches of which it isn't known that the server has them. */
  public List<PrekeyBatch> batchesToUpload() {
    return database.all(
        "SELECT * FROM own_batches",
        row ->
            PrekeyBatch.fromMap(json.open(batchPlace(row.text("batch_id")), row.bytes("batch"))));
  }

  public void uploaded(PrekeyBatch batch) {
    database.write("DELETE FROM own_batches WHERE batch_id = ?", batch.batchId());
  }

  /**
   * The prekey has opened a message: nobody can open that again, once the store is {@link
   * LocalStore#settle settled}.
   */
  public void spend(KeyId oneTime) {
    database.write("DELETE FROM own_keys WHERE key_id = ? AND kind = ?", oneTime, ONE_TIME);
  }

  /** Whether a prekey of a bundle is the one to use, and its private part here. */
  public boolean isActive(KeyId id) {
    return database
        .first(
            "SELECT 1 AS there FROM own_keys WHERE key_id = ? AND kind <> ? AND status = ?",
            row -> row.number("there"),
            id,
            ONE_TIME,
            KeyStatus.ACTIVE.wireName())
        .isPresent();
  }

  /** One-time prekeys, made since then, under which nothing has come yet. */
  public long unspentSince(Instant then) {
    return database
        .first(
            "SELECT count(*) AS unspent FROM own_keys WHERE kind = ? AND created_ms >= ?",
            row -> row.number("unspent"),
            ONE_TIME,
            then.toEpochMilli())
        .orElse(0L);
  }

  /**
   * No key is from later than now: a clock that was wrong once doesn't keep one for ever. Nor does
   * it take a one-time prekey before its time.
   */
  public void limitTo(Instant now) {
    database.write(
        "UPDATE own_keys SET retired_ms = NULL WHERE kind = ? AND retired_ms > ?",
        ONE_TIME,
        now.toEpochMilli());
    for (String column : List.of("created_ms", "retired_ms")) {
      database.write(
          "UPDATE own_keys SET " + column + " = ? WHERE " + column + " > ?",
          now.toEpochMilli(),
          now.toEpochMilli());
    }
  }

  /** Keys of bundles that were made before then only decrypt from now on. */
  public void retireMadeBefore(Instant then, Instant now) {
    database.write(
        """
        UPDATE own_keys SET status = ?, retired_ms = ?
        WHERE kind <> ? AND status = ? AND created_ms < ?
        """,
        KeyStatus.DEPRECATED.wireName(),
        now.toEpochMilli(),
        ONE_TIME,
        KeyStatus.ACTIVE.wireName(),
        then.toEpochMilli());
  }

  /**
   * Every private part of a prekey, which is in none of the files afterwards, and the batches that
   * are still to be uploaded.
   */
  public void wipe() {
    database.erase("DELETE FROM own_keys");
    database.write("DELETE FROM own_batches");
  }

  /** One-time prekeys that were made before then have little time left. */
  public void retireOneTimeMadeBefore(Instant then, Instant now) {
    database.write(
        "UPDATE own_keys SET retired_ms = ? WHERE kind = ? AND created_ms < ? AND retired_ms IS"
            + " NULL",
        now.toEpochMilli(),
        ONE_TIME,
        then.toEpochMilli());
  }

  /**
   * Private parts whose time was over, or that were replaced, before then; they are in none of the
   * files afterwards.
   */
  public void forgetBefore(Instant then) {
    boolean due =
        database
            .first(
                "SELECT 1 AS there FROM own_keys WHERE retired_ms < ? LIMIT 1",
                row -> row.number("there"),
                then.toEpochMilli())
            .isPresent();
    // To erase takes as long as to write the whole log: it is done where there is something to.
    if (due) {
      database.erase("DELETE FROM own_keys WHERE retired_ms < ?", then.toEpochMilli());
    }
  }

  /** Whether a key's private part is still here. */
  public boolean holds(KeyId id) {
    return database
        .first(
            "SELECT 1 AS there FROM own_keys WHERE key_id = ? AND kind <> ?",
            row -> row.number("there"),
            id,
            ONE_TIME)
        .isPresent();
  }

  @Override
  public Optional<Bundle> bundle(long version) {
    return bundles.find(version).map(SignedBundle::bundle);
  }

  @Override
  public Optional<Held<EcdhPrivateKey>> signedPrekey(KeyId id) {
    return find(id, SIGNED_PREKEY).map(stored -> stored.held(EcdhPrivateKey::of));
  }

  @Override
  public Optional<Held<MlKemPrivateKey>> lastResort(KeyId id) {
    return find(id, LAST_RESORT).map(stored -> stored.held(MlKemPrivateKey::of));
  }

  @Override
  public Optional<OneTimeKeys> oneTime(KeyId id) {
    return find(id, ONE_TIME).map(OwnKeyStore::pair);
  }

  @Override
  public boolean isRevoked(KeyId id) {
    return bundles.latest().stream()
        .flatMap(bundle -> bundle.bundle().keys().keys().stream())
        .anyMatch(key -> key.id().equals(id) && key.status() == KeyStatus.REVOKED);
  }

  @Override
  public boolean hasReceived(MessageKey message) {
    return received.contains(message);
  }

  private Optional<Stored> find(KeyId id, String kind) {
    return database.first(
        "SELECT * FROM own_keys WHERE key_id = ? AND kind = ?",
        row ->
            new Stored(
                cipher.open(place(id), row.bytes("secret")), KeyStatus.named(row.text("status"))),
        id,
        kind);
  }

  private static OneTimeKeys pair(Stored stored) {
    byte[] both = stored.secret();
    try (Secret scalar = Secret.owning(Arrays.copyOf(both, SCALAR_SIZE));
        Secret seed = Secret.owning(Arrays.copyOfRange(both, SCALAR_SIZE, both.length))) {
      return new OneTimeKeys(EcdhPrivateKey.of(scalar), MlKemPrivateKey.of(seed));
    } finally {
      Arrays.fill(both, (byte) 0);
    }
  }

  private static String place(KeyId id) {
    return "own_keys/" + id;
  }

  private static String batchPlace(String id) {
    return "own_batches/" + id;
  }

  private record Stored(byte[] secret, KeyStatus status) {

    <K extends PrivateKey> Held<K> held(Function<Secret, K> maker) {
      try (Secret owned = Secret.owning(secret)) {
        return new Held<>(maker.apply(owned), status);
      }
    }
  }
}
