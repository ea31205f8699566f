package io.quantchat.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.util.Arrays;

/**
 * Wraps a message's content key under the key that both sides agreed on: {@code KEK ‖ N =
 * Expand(Extract(label, IKM), "kek" ‖ TH)}. Both come from fresh key material, so no key sees two
 * nonces.
 */
final class KeyWrap implements AutoCloseable {

  /** Bytes of a wrapped key. */
  static final int SIZE = Aes256Gcm.KEY_SIZE + Aes256Gcm.TAG_SIZE;

  private static final byte[] INFO = "kek".getBytes(StandardCharsets.US_ASCII);

  private final byte[] hash;
  private final Secret key;
  private final Secret nonce;

  /**
   * @param keyMaterial IKM
   * @param hash TH
   */
  KeyWrap(Suite suite, Secret keyMaterial, byte[] hash) {
    this.hash = hash;
    byte[] salt = suite.label().getBytes(StandardCharsets.US_ASCII);
    try (Secret prk = suite.kdf().extract(salt, keyMaterial);
        Secret both =
            suite
                .kdf()
                .expand(
                    prk,
                    Arrays.concatenate(INFO, hash),
                    Aes256Gcm.KEY_SIZE + Aes256Gcm.NONCE_SIZE)) {
      this.key = both.slice(0, Aes256Gcm.KEY_SIZE);
      this.nonce = both.slice(Aes256Gcm.KEY_SIZE, both.bytes().length);
    }
  }

  byte[] wrap(Secret contentKey) {
    return Aes256Gcm.seal(key, nonce.bytes(), contentKey.bytes(), hash);
  }

  /** The content key; nothing where it was wrapped under another. The caller closes it. */
  Optional<Secret> unwrap(byte[] wrap) {
    return Aes256Gcm.open(key, nonce.bytes(), wrap, hash);
  }

  @Override
  public void close() {
    key.close();
    nonce.close();
  }
}
