package io.quantchat.crypto;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The name of a key within its account.
 *
 * @param text 1 to 64 characters of base64url's alphabet (RFC 4648 §5)
 */
public record KeyId(String text) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String LABEL = "QuantChat-key-id";
  private static final int HASH_BYTES = 16;

  /**
   * @throws RefusedException MALFORMED
   */
  public KeyId {
    RefusedException.require(FORM.matcher(text).matches(), Refusal.MALFORMED, "key_id");
  }

  /** The id of a key: 16 bytes of a hash of its algorithm and itself, base64url. */
  public static KeyId of(PublicKey key) {
    return key instanceof VerifyingKey known
        ? known.id()
        : of(key.algorithm().wireName(), key.encoded());
  }

  static KeyId of(String algorithm, byte[] key) {
    return of(new Transcript().add(LABEL).add(algorithm).add(key));
  }

  /** The id of a pair: of both of its keys, in this order. */
  static KeyId of(PublicKey first, PublicKey second) {
    return of(
        new Transcript()
            .add(LABEL)
            .add(first.algorithm().wireName())
            .add(first.encoded())
            .add(second.algorithm().wireName())
            .add(second.encoded()));
  }

  private static KeyId of(Transcript transcript) {
    byte[] hash = Hash.OF_DIRECTORY.of(transcript);
    return new KeyId(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES)));
  }

  @Override
  public String toString() {
    return text;
  }
}
