package io.quantchat.auth;

import io.quantchat.host.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token that a client shows for a new access token. Its text is base64url (RFC 4648) of the
 * account's id, 16 bytes, a secret that is the same in all tokens of one session, 16, and one of
 * its own, 32.
 *
 * <p>A session's row is found by a hash of the family's secret: who has never had a refresh token
 * of a session can't name its row, whatever else is known of it.
 *
 * @param userId whose session it is
 * @param family what all tokens that follow one another in a session share
 */
record RefreshToken(String userId, byte[] family, byte[] secret) {

  /** Bytes of random salt that a token's successor is made with. */
  static final int SALT_BYTES = 16;

  private static final int ID_BYTES = 16;
  private static final int FAMILY_BYTES = 16;
  private static final int SECRET_BYTES = 32;
  private static final int BYTES = ID_BYTES + FAMILY_BYTES + SECRET_BYTES;

  /** Without padding. */
  private static final int TEXT_LENGTH = (BYTES * 8 + 5) / 6;

  /** The first token of a new session. */
  static RefreshToken random(String userId, SecureRandom random) {
    return new RefreshToken(
        userId, randomBytes(FAMILY_BYTES, random), randomBytes(SECRET_BYTES, random));
  }

  /** Reads what {@link #text} wrote; nothing where it is something else. */
  static Optional<RefreshToken> parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() != BYTES) {
        return Optional.empty();
      }
      String userId = new UUID(bytes.getLong(), bytes.getLong()).toString();
      var family = new byte[FAMILY_BYTES];
      bytes.get(family);
      var secret = new byte[SECRET_BYTES];
      bytes.get(secret);
      return Optional.of(new RefreshToken(userId, family, secret));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The token as the client gets it. */
  String text() {
    UUID id = UUID.fromString(userId);
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .put(family)
            .put(secret)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The sort key of the session's row: 43 characters. */
  String sessionKey() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(family));
  }

  /** The secret as it is stored: 256 random bits need no salt and no slow hash. */
  byte[] hash() {
    return Sha256.of(secret);
  }

  /**
   * The token that follows this one. It can be made again from this token and the salt, and from
   * neither alone: who has stolen a token can't go on from it to later ones, and who reads the
   * table has no token.
   *
   * @param salt random, and kept in the session's row until the next token follows
   */
  RefreshToken successor(byte[] salt) {
    return new RefreshToken(userId, family, derive(secret, "successor", salt));
  }

  /**
   * The family of a session that was begun with tokens of the earlier form.
   *
   * @param secret of the token that was shown
   */
  static byte[] familyOf(byte[] secret, byte[] salt) {
    return Arrays.copyOf(derive(secret, "family", salt), FAMILY_BYTES);
  }

  /** A salt for a token's successor. */
  static byte[] newSalt(SecureRandom random) {
    return randomBytes(SALT_BYTES, random);
  }

  /** HMAC-SHA-256 over a label and a salt, with a secret as its key. */
  private static byte[] derive(byte[] secret, String label, byte[] salt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update(label.getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(salt);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every JDK has HMAC-SHA-256", missing);
    }
  }

  private static byte[] randomBytes(int count, SecureRandom random) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Never a secret. */
  @Override
  public String toString() {
    return "RefreshToken[" + userId + "]";
  }
}
