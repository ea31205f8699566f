package io.quantchat.client.store;

import io.quantchat.client.model.StoreException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Keys made of passphrases (Argon2id, version 1.3). */
public final class PassphraseKey {

  /** Bytes. */
  public static final int SALT_SIZE = 16;

  private PassphraseKey() {}

  /**
   * @param size bytes of the key
   * @throws StoreException where there is too little memory
   */
  public static byte[] derive(char[] passphrase, byte[] salt, Argon2Cost cost, int size) {
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
    var key = new byte[size];
    try {
      generator.generateBytes(secret, key);
      return key;
    } catch (OutOfMemoryError e) {
      throw new StoreException(
          "There is too little memory to make a key of the passphrase: end other programs.", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** NFKC: the same passphrase from every keyboard. */
  private static byte[] utf8(char[] passphrase) {
    return Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFKC)
        .getBytes(StandardCharsets.UTF_8);
  }
}
