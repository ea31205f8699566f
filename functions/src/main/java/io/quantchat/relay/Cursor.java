package io.quantchat.relay;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a walk through pending messages goes on: behind this message, whether or not it is still
 * there. Opaque to clients, and good for nobody else's queue: a cursor names no queue.
 */
record Cursor(String afterId) {

  /** First byte, so that another form can be told apart later. */
  private static final byte VERSION = 1;

  private static final int BYTES = 1 + 16;

  /** The cursor as clients get it: base64url (RFC 4648 §5) without padding. */
  String toText() {
    UUID id = UUID.fromString(afterId);
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .put(VERSION)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The cursor that a client sent back, or nothing where it is none of ours. */
  static Optional<Cursor> parse(String text) {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (decoded.length != BYTES || decoded[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(decoded, 1, BYTES - 1);
    var cursor = new Cursor(new UUID(bytes.getLong(), bytes.getLong()).toString());
    return cursor.toText().equals(text) ? Optional.of(cursor) : Optional.empty();
  }
}
