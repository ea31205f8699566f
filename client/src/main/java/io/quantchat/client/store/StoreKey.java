package io.quantchat.client.store;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** The store's random key: rows are sealed under it, others are derived from it. */
final class StoreKey {

  static final int SIZE = 32;

  private final SecretKey key;

  /** Takes the bytes over, and wipes them. */
  StoreKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, RowCipher.ALGORITHM);
    Arrays.fill(bytes, (byte) 0);
  }

  RowCipher cipher(SecureRandom random) {
    return new RowCipher(key, random);
  }

  /** A key for one purpose (HKDF-SHA256, RFC 5869 §2.3; the store's key is random). */
  SecretKey derived(String purpose, String algorithm) {
    byte[] secret = bytes();
    var generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(
        HKDFParameters.skipExtractParameters(secret, purpose.getBytes(StandardCharsets.UTF_8)));
    var derived = new byte[SIZE];
    generator.generateBytes(derived, 0, SIZE);
    var result = new SecretKeySpec(derived, algorithm);
    Arrays.fill(derived, (byte) 0);
    Arrays.fill(secret, (byte) 0);
    return result;
  }

  /** A copy; the caller wipes it. */
  byte[] bytes() {
    return key.getEncoded();
  }
}
