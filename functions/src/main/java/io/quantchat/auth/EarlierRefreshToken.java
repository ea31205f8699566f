package io.quantchat.auth;

import io.quantchat.host.Sha256;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A refresh token of the form before {@link RefreshToken}: base64url of the session's id, 16 bytes,
 * and a secret of 32. Access tokens name the session, so anyone who has seen one can build a token
 * of this form that is wrong in its secret alone: such a one must end nothing.
 */
record EarlierRefreshToken(String sessionId, byte[] secret) {

  private static final int ID_BYTES = 16;
  private static final int SECRET_BYTES = 32;
  private static final int TEXT_LENGTH = (ID_BYTES + SECRET_BYTES) / 3 * 4;

  /** Reads a token's text; nothing where it is something else. */
  static Optional<EarlierRefreshToken> parse(String text) {
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
      return Optional.of(new EarlierRefreshToken(sessionId, secret));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The token as a client has it. */
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

  /** The secret as the table of earlier sessions holds it. */
  byte[] hash() {
    return Sha256.of(secret);
  }

  /** What stands in its place once the session has moved; a hash of no token. */
  byte[] movedHash() {
    return Sha256.of(hash());
  }

  /** The same secret as a token of the session that this one's has become. */
  RefreshToken movedTo(String userId, byte[] salt) {
    return new RefreshToken(userId, RefreshToken.familyOf(secret, salt), secret);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "EarlierRefreshToken[" + sessionId + "]";
  }
}
