package io.quantchat.auth;

import io.quantchat.host.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a mail gives its reader to prove that it was read: a token for a link, and a code to type.
 * Only their hashes are kept. The code has 50 bits, so that whoever reads its hash doesn't find it
 * while it is good.
 *
 * @param token the account's id and 32 random bytes, in base64url
 * @param code such as {@code 7K2QM-0XW9D}
 */
record ProofSecrets(String token, String code) {

  private static final int ID_BYTES = 16;
  private static final int SECRET_BYTES = 32;
  private static final int CODE_LENGTH = 10;

  /** Crockford's base 32: without letters that look like digits, and without U. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** New ones for an account. */
  static ProofSecrets random(String userId, SecureRandom random) {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    UUID id = UUID.fromString(userId);
    byte[] token =
        ByteBuffer.allocate(ID_BYTES + SECRET_BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .put(secret)
            .array();
    var code = new StringBuilder();
    for (int i = 0; i < CODE_LENGTH; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new ProofSecrets(
        Base64.getUrlEncoder().withoutPadding().encodeToString(token),
        code.insert(CODE_LENGTH / 2, '-').toString());
  }

  /** The account that a token is of; nothing where the text is no token. */
  static Optional<String> userIdOf(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length != ID_BYTES + SECRET_BYTES) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return Optional.of(new UUID(buffer.getLong(), buffer.getLong()).toString());
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The hash that a token is known by. */
  static byte[] hashOfToken(String token) {
    return Sha256.of("token " + token);
  }

  /**
   * The hash that a code is known by, however it is typed: in lower case, without its hyphen, with
   * an O for a zero.
   */
  static byte[] hashOfCode(String userId, String typed) {
    String code =
        typed
            .toUpperCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('O', '0')
            .replaceAll("[IL]", "1");
    return Sha256.of("code " + userId + " " + code);
  }

  /** Never the secrets. */
  @Override
  public String toString() {
    return "ProofSecrets[...]";
  }
}
