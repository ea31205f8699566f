package io.quantchat.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * AES-256-GCM (NIST SP 800-38D) with nonces of 96 bits and tags of 128. The ciphertext is as long
 * as the plaintext; the tag stands behind it.
 */
final class Aes256Gcm {

  static final int KEY_SIZE = 32;
  static final int NONCE_SIZE = 12;
  static final int TAG_SIZE = 16;

  private Aes256Gcm() {}

  /**
   * Ciphertext and tag. No key may see a nonce twice.
   *
   * @throws RefusedException TRUNCATED or EXTENDED for a key or a nonce of another size
   */
  static byte[] seal(Secret key, byte[] nonce, byte[] plaintext, byte[] associated) {
    GCMModeCipher cipher = cipher(true, key, nonce, associated);
    var sealed = new byte[plaintext.length + TAG_SIZE];
    try {
      int written = cipher.processBytes(plaintext, 0, plaintext.length, sealed, 0);
      cipher.doFinal(sealed, written);
    } catch (InvalidCipherTextException whenOpeningOnly) {
      throw new IllegalStateException(whenOpeningOnly);
    }
    return sealed;
  }

  /**
   * The plaintext; nothing where key, nonce, ciphertext, tag or associated data aren't the ones of
   * sealing. The caller closes it.
   *
   * @throws RefusedException TRUNCATED or EXTENDED for a key or a nonce of another size
   */
  static Optional<Secret> open(Secret key, byte[] nonce, byte[] sealed, byte[] associated) {
    GCMModeCipher cipher = cipher(false, key, nonce, associated);
    if (sealed.length < TAG_SIZE) {
      return Optional.empty();
    }
    var plaintext = new byte[sealed.length - TAG_SIZE];
    try {
      int written = cipher.processBytes(sealed, 0, sealed.length, plaintext, 0);
      cipher.doFinal(plaintext, written);
      return Optional.of(Secret.owning(plaintext));
    } catch (InvalidCipherTextException forged) {
      Arrays.fill(plaintext, (byte) 0);
      return Optional.empty();
    }
  }

  private static GCMModeCipher cipher(
      boolean sealing, Secret key, byte[] nonce, byte[] associated) {
    RefusedException.requireSize("AES-256 key", key.bytes().length, KEY_SIZE);
    RefusedException.requireSize("GCM nonce", nonce.length, NONCE_SIZE);
    GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(
        sealing,
        new AEADParameters(new KeyParameter(key.bytes()), TAG_SIZE * Byte.SIZE, nonce, associated));
    return cipher;
  }
}
