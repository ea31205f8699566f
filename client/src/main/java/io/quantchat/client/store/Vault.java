package io.quantchat.client.store;

import io.quantchat.client.model.BrokenTextException;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.WrongPassphraseException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The store's random key, wrapped under one that Argon2id makes of the passphrase. */
final class Vault {

  private static final int SALT_SIZE = 16;

  /** By the version of the store: one can't be passed off as another. */
  private static final Map<Long, String> PLACES =
      Map.of(1L, "vault/wrapped_key", 2L, "vault/2/wrapped_key");

  private final Database database;
  private final SecureRandom random;

  Vault(Database database, SecureRandom random) {
    this.database = database;
    this.random = random;
  }

  /**
   * Makes a store's key, and keeps it wrapped.
   *
   * @throws BrokenTextException for a passphrase with half of a character in it
   */
  StoreKey make(char[] passphrase, Argon2Cost cost) {
    BrokenTextException.requireWhole(passphrase);
    var bytes = new byte[StoreKey.SIZE];
    random.nextBytes(bytes);
    var key = new StoreKey(bytes);
    keep(key, passphrase, cost);
    return key;
  }

  /**
   * The key of the store.
   *
   * @param version that the store says it is of; another one's key isn't taken for it
   * @throws WrongPassphraseException where the passphrase is another
   * @throws DamagedException where its key was made for a store of another version
   */
  StoreKey unlock(char[] passphrase, long version) {
    Wrapped wrapped = stored();
    RowCipher wrapping = wrapping(passphrase, wrapped.salt(), wrapped.cost());
    for (Map.Entry<Long, String> place : PLACES.entrySet()) {
      Optional<byte[]> key = opened(wrapping, place.getValue(), wrapped.key());
      if (key.isPresent()) {
        var opened = new StoreKey(key.get());
        if (place.getKey() != version) {
          throw new DamagedException(SchemaCheck.ALTERED);
        }
        return opened;
      }
    }
    throw new WrongPassphraseException();
  }

  /**
   * Wraps the key under another passphrase. The key stays: who has a copy of the file from before,
   * and the old passphrase, can read on.
   *
   * @throws WrongPassphraseException where the current passphrase is another
   * @throws BrokenTextException for a next one with half of a character in it
   */
  void change(char[] current, char[] next, Argon2Cost cost) {
    BrokenTextException.requireWhole(next);
    StoreKey key = unlock(current, Schema.VERSION);
    database.transaction(() -> replace(key, next, cost));
  }

  /** Wraps the key anew, for a store of this version. */
  void replace(StoreKey key, char[] passphrase, Argon2Cost cost) {
    database.erase("DELETE FROM vault");
    keep(key, passphrase, cost);
  }

  /** What trying a passphrase costs. */
  Argon2Cost cost() {
    return stored().cost();
  }

  private Wrapped stored() {
    return database
        .first(
            "SELECT * FROM vault",
            row ->
                new Wrapped(
                    row.bytes("salt"),
                    new Argon2Cost(
                        bounded(row.number("memory_kib")),
                        bounded(row.number("iterations")),
                        bounded(row.number("lanes"))),
                    row.bytes("wrapped_key")))
        .orElseThrow(() -> new DamagedException(SchemaCheck.ALTERED));
  }

  private static Optional<byte[]> opened(RowCipher wrapping, String place, byte[] wrapped) {
    try {
      return Optional.of(wrapping.open(place, wrapped));
    } catch (DamagedException another) {
      return Optional.empty();
    }
  }

  private void keep(StoreKey key, char[] passphrase, Argon2Cost cost) {
    var salt = new byte[SALT_SIZE];
    random.nextBytes(salt);
    byte[] bytes = key.bytes();
    byte[] wrapped =
        wrapping(passphrase, salt, cost).seal(PLACES.get((long) Schema.VERSION), bytes);
    Arrays.fill(bytes, (byte) 0);
    database.write(
        "INSERT INTO vault VALUES (1, ?, ?, ?, ?, ?)",
        salt,
        (long) cost.memoryKib(),
        (long) cost.iterations(),
        (long) cost.lanes(),
        wrapped);
  }

  private RowCipher wrapping(char[] passphrase, byte[] salt, Argon2Cost cost) {
    byte[] key = PassphraseKey.derive(passphrase, salt, cost, StoreKey.SIZE);
    return new StoreKey(key).cipher(random);
  }

  /** What is no number that such a cost can be is refused as one that is too high. */
  private static int bounded(long number) {
    return Math.clamp(number, -1, Integer.MAX_VALUE);
  }

  private record Wrapped(byte[] salt, Argon2Cost cost, byte[] key) {}
}
