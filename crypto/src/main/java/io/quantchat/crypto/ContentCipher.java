package io.quantchat.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.bouncycastle.util.Arrays;

/**
 * Seals a message's text under its content key: {@code K_c ‖ COM = Expand(CEK, "content" ‖ TH)},
 * and {@code version ‖ nonce ‖ COM ‖ AES-256-GCM(K_c, nonce, padded, TH ‖ wrap)}. COM commits to
 * the key: GCM alone lets one ciphertext be opened under two.
 */
final class ContentCipher implements AutoCloseable {

  private static final byte FORMAT = 1;
  private static final byte[] INFO = "content".getBytes(StandardCharsets.US_ASCII);
  private static final int COMMITMENT_SIZE = 32;
  private static final int HEADER = 1 + Aes256Gcm.NONCE_SIZE + COMMITMENT_SIZE;
  private static final int OVERHEAD = HEADER + Aes256Gcm.TAG_SIZE;
  private static final String FIELD = "encrypted_content";

  static final int LEAST_SIZE = OVERHEAD + Padding.LEAST_SIZE;
  static final int MOST_SIZE = OVERHEAD + Padding.MOST_SIZE;

  private final Secret key;
  private final Secret commitment;
  private final byte[] associated;

  /**
   * @param contentKey CEK
   * @param hash TH
   */
  ContentCipher(Suite suite, Secret contentKey, byte[] hash, byte[] wrap) {
    this.associated = Arrays.concatenate(hash, wrap);
    try (Secret both =
        suite
            .kdf()
            .expand(
                contentKey, Arrays.concatenate(INFO, hash), Aes256Gcm.KEY_SIZE + COMMITMENT_SIZE)) {
      this.key = both.slice(0, Aes256Gcm.KEY_SIZE);
      this.commitment = both.slice(Aes256Gcm.KEY_SIZE, both.bytes().length);
    }
  }

  /**
   * @throws RefusedException TRUNCATED, EXTENDED, or WRONG_SIZE for what padding never gives
   */
  static void requireSize(String field, int size) {
    RefusedException.requireSize(field, size, LEAST_SIZE, MOST_SIZE);
    RefusedException.require(Padding.isPaddedSize(size - OVERHEAD), Refusal.WRONG_SIZE, field);
  }

  byte[] seal(byte[] nonce, Secret padded) {
    byte[] sealed = Aes256Gcm.seal(key, nonce, padded.bytes(), associated);
    return ByteBuffer.allocate(HEADER + sealed.length)
        .put(FORMAT)
        .put(nonce)
        .put(commitment.bytes())
        .put(sealed)
        .array();
  }

  /**
   * The padded text; the caller closes it.
   *
   * @param content of a size that was checked
   * @throws RefusedException MALFORMED, WRONG_COMMITMENT or WRONG_CONTENT
   */
  Secret open(byte[] content) {
    ByteBuffer rest = ByteBuffer.wrap(content);
    RefusedException.require(rest.get() == FORMAT, Refusal.MALFORMED, FIELD);
    byte[] nonce = next(rest, Aes256Gcm.NONCE_SIZE);
    byte[] claimed = next(rest, COMMITMENT_SIZE);
    RefusedException.require(
        MessageDigest.isEqual(claimed, commitment.bytes()), Refusal.WRONG_COMMITMENT, FIELD);
    return Aes256Gcm.open(key, nonce, next(rest, rest.remaining()), associated)
        .orElseThrow(() -> new RefusedException(Refusal.WRONG_CONTENT, FIELD));
  }

  @Override
  public void close() {
    key.close();
    commitment.close();
  }

  private static byte[] next(ByteBuffer rest, int size) {
    var bytes = new byte[size];
    rest.get(bytes);
    return bytes;
  }
}
