package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.WrongPassphraseException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The store's random key, wrapped under one that Argon2id makes of the passphrase. */
final class Vault {

  private static final int KEY_SIZE = 32;
  private static final int SALT_SIZE = 16;
  private static final String PLACE = "vault/wrapped_key";

  private final Database database;
  private final SecureRandom random;

  Vault(Database database, SecureRandom random) {
    this.database = database;
    this.random = random;
  }

  /**
   * The key of the store; a new store gets one.
   *
   * @param cost for a new store; one that is there says its own
   * @throws WrongPassphraseException where the passphrase is another
   */
  RowCipher unlock(char[] passphrase, Argon2Cost cost) {
    return stored()
        .map(wrapped -> cipher(open(wrapped, passphrase)))
        .orElseGet(() -> make(passphrase, cost));
  }

  /**
   * Wraps the key under another passphrase. The key stays: who has a copy of the file from before,
   * and the old passphrase, can read on.
   *
   * @throws WrongPassphraseException where the current passphrase is another
   */
  void change(char[] current, char[] next, Argon2Cost cost) {
    byte[] key = open(stored().orElseThrow(), current);
    database.transaction(
        () -> {
          database.write("DELETE FROM vault");
          keep(key, next, cost);
        });
    Arrays.fill(key, (byte) 0);
    database.settle();
  }

  private Optional<Wrapped> stored() {
    return database.first(
        "SELECT * FROM vault",
        row ->
            new Wrapped(
                row.bytes("salt"),
                new Argon2Cost(
                    Math.toIntExact(row.number("memory_kib")),
                    Math.toIntExact(row.number("iterations")),
                    Math.toIntExact(row.number("lanes"))),
                row.bytes("wrapped_key")));
  }

  private byte[] open(Wrapped wrapped, char[] passphrase) {
    try {
      return wrapping(passphrase, wrapped.salt(), wrapped.cost()).open(PLACE, wrapped.key());
    } catch (DamagedException e) {
      throw new WrongPassphraseException();
    }
  }

  private RowCipher make(char[] passphrase, Argon2Cost cost) {
    var key = new byte[KEY_SIZE];
    random.nextBytes(key);
    keep(key, passphrase, cost);
    return cipher(key);
  }

  private void keep(byte[] key, char[] passphrase, Argon2Cost cost) {
    var salt = new byte[SALT_SIZE];
    random.nextBytes(salt);
    byte[] wrapped = wrapping(passphrase, salt, cost).seal(PLACE, key);
    database.write(
        "INSERT INTO vault VALUES (1, ?, ?, ?, ?, ?)",
        salt,
        (long) cost.memoryKib(),
        (long) cost.iterations(),
        (long) cost.lanes(),
        wrapped);
  }

  private RowCipher wrapping(char[] passphrase, byte[] salt, Argon2Cost cost) {
    byte[] secret = utf8(passphrase);
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.lanes())
            .build());
    var key = new byte[KEY_SIZE];
    generator.generateBytes(secret, key);
    Arrays.fill(secret, (byte) 0);
    return cipher(key);
  }

  private RowCipher cipher(byte[] key) {
    var cipher = new RowCipher(new SecretKeySpec(key, RowCipher.ALGORITHM), random);
    Arrays.fill(key, (byte) 0);
    return cipher;
  }

  /** NFKC: the same passphrase from every keyboard. */
  private static byte[] utf8(char[] passphrase) {
    return Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFKC)
        .getBytes(StandardCharsets.UTF_8);
  }

  private record Wrapped(byte[] salt, Argon2Cost cost, byte[] key) {}
}
