package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM under the store's key: {@code nonce(12) ‖ ciphertext ‖ tag(16)}. Table and row are
 * authenticated, so that what is sealed can't be moved to another place.
 */
final class RowCipher {

  static final String ALGORITHM = "AES";

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int NONCE_SIZE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random;

  RowCipher(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  byte[] seal(String place, byte[] plaintext) {
    var nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(plaintext);
      return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new StoreException("This Java has no AES-GCM.", e);
    }
  }

  /**
   * @throws DamagedException where it isn't what was sealed for this place
   */
  byte[] open(String place, byte[] sealed) {
    try {
      var nonce = new byte[NONCE_SIZE];
      ByteBuffer.wrap(sealed).get(nonce);
      return cipher(Cipher.DECRYPT_MODE, nonce, place)
          .doFinal(sealed, NONCE_SIZE, sealed.length - NONCE_SIZE);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new DamagedException("The store is damaged: a part of it can't be decrypted.", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
