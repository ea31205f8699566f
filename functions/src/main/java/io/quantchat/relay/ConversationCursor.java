package io.quantchat.relay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a walk back through a conversation goes on, in each of its two directions. Opaque to
 * clients, and good for nobody else's queue: a cursor names none. It holds ids that the caller
 * knows, and no other: one of the other's inbox would say when somebody else wrote.
 *
 * @param own in the caller's own inbox
 * @param sent among what the caller sent: one of its own messages
 */
record ConversationCursor(Spot own, Spot sent) {

  /** Nothing was read. */
  static final ConversationCursor START = new ConversationCursor(Spot.AT_NEWEST, Spot.AT_NEWEST);

  /** First byte; one less is a {@link Cursor}. */
  private static final byte VERSION = 2;

  private static final byte NEWEST = 0;
  private static final byte BETWEEN = 1;
  private static final byte END = 2;
  private static final int SPOT_BYTES = 1 + 16;
  private static final int BYTES = 1 + 2 * SPOT_BYTES;

  /** Whether there is no more. */
  boolean isAtEnd() {
    return own.atEnd() && sent.atEnd();
  }

  /** The cursor as clients get it: base64url (RFC 4648 §5) without padding. */
  String toText() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(VERSION);
    for (Spot spot : List.of(own, sent)) {
      UUID id = spot.before().map(UUID::fromString).orElse(new UUID(0, 0));
      byte kind = spot.atEnd() ? END : spot.before().isPresent() ? BETWEEN : NEWEST;
      bytes.put(kind).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The cursor that a client sent back, or nothing where it is none of ours. */
  static Optional<ConversationCursor> parse(String text) {
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
    var spots = new ArrayList<Spot>();
    while (bytes.hasRemaining()) {
      byte kind = bytes.get();
      String id = new UUID(bytes.getLong(), bytes.getLong()).toString();
      switch (kind) {
        case NEWEST -> spots.add(Spot.AT_NEWEST);
        case BETWEEN -> spots.add(Spot.before(Optional.of(id)));
        case END -> spots.add(Spot.AT_END);
        default -> {
          return Optional.empty();
        }
      }
    }
    var cursor = new ConversationCursor(spots.get(0), spots.get(1));
    return cursor.toText().equals(text) ? Optional.of(cursor) : Optional.empty();
  }
}
