package io.quantchat.auth;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The token that a client shows for a new access token. Its text is base64url (RFC 4648) of the
 * session's id, 16 bytes, and a secret of 32.
 *
 * @param sessionId the session, which is the family of all tokens that follow one another in it
 */
record RefreshToken(String sessionId, byte[] secret) {

  private static final int ID_BYTES = 16;
  private static final int SECRET_BYTES = 32;
  private static final int TEXT_LENGTH = (ID_BYTES + SECRET_BYTES) / 3 * 4;

  /** A token with a new secret. */
  static RefreshToken random(String sessionId, SecureRandom random) {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new RefreshToken(sessionId, secret);
  }

  /** Reads what {@link #text} wrote; nothing where it is something else. */
  static Optional<RefreshToken> parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() != ID_BYTES + SECRET_BYTES) {
        return Optional.empty();
      }
      String sessionId = new UUID(bytes.getLong(), bytes.getLong()).toString();
      var secret = new byte[SECRET_BYTES];
      bytes.get(secret);
      return Optional.of(new RefreshToken(sessionId, secret));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The token as the client gets it. */
  String text() {
    UUID id = UUID.fromString(sessionId);
    byte[] bytes =
        ByteBuffer.allocate(ID_BYTES + SECRET_BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .put(secret)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The secret as it is stored: 256 random bits need no salt and no slow hash. */
  byte[] hash() {
    return sha256(secret);
  }

  /** SHA-256. */
  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every JDK has SHA-256", missing);
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "RefreshToken[" + sessionId + "]";
  }
}
