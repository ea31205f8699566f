package io.quantchat.client.store;

import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.ReceiptKey;
import io.quantchat.crypto.Secret;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What receipts are proved by: of a message of one's own until it was read, of a received one until
 * its sender was told that it was.
 */
public final class ReceiptKeyStore {

  private static final String DELETE =
      "DELETE FROM receipt_keys WHERE sender_id = ? AND message_id = ?";

  private final Database database;
  private final RowCipher cipher;

  ReceiptKeyStore(Database database, RowCipher cipher) {
    this.database = database;
    this.cipher = cipher;
  }

  /** Keeps a message's key, in the place of one that was there, which is in none of the files. */
  public void keep(UUID senderId, UUID messageId, ReceiptKey key) {
    try (Secret secret = key.toSecret()) {
      byte[] sealed = cipher.seal(place(senderId, messageId), secret.bytes());
      database.transaction(
          () -> {
            database.eraseFormer(DELETE, senderId, messageId);
            database.write(
                "INSERT INTO receipt_keys (sender_id, message_id, secret) VALUES (?, ?, ?)",
                senderId,
                messageId,
                sealed);
          });
    }
  }

  /** A message's key; the caller closes it. */
  public Optional<ReceiptKey> find(UUID senderId, UUID messageId) {
    return database.first(
        "SELECT secret FROM receipt_keys WHERE sender_id = ? AND message_id = ?",
        row -> {
          try (Secret secret =
              Secret.owning(cipher.open(place(senderId, messageId), row.bytes("secret")))) {
            return ReceiptKey.of(secret);
          }
        },
        senderId,
        messageId);
  }

  public boolean contains(MessageKey message) {
    return database
        .first(
            "SELECT 1 AS there FROM receipt_keys WHERE sender_id = ? AND message_id = ?",
            row -> row.number("there"),
            message.senderId(),
            message.messageId())
        .isPresent();
  }

  /** It is in none of the files afterwards. */
  public void forget(UUID senderId, UUID messageId) {
    database.eraseFormer(DELETE, senderId, messageId);
  }

  /** The keys of messages that are there, behind one of them in the order of their ids. */
  public List<Owned> after(Optional<Owned> before, int most) {
    return database.all(
        """
        SELECT k.*, m.contact_id FROM receipt_keys k
        JOIN messages m ON m.sender_id = k.sender_id AND m.message_id = k.message_id
        WHERE (k.sender_id, k.message_id) > (?, ?)
        ORDER BY k.sender_id, k.message_id LIMIT ?
        """,
        row -> new Owned(row.id("sender_id"), row.id("message_id"), row.id("contact_id")),
        before.map(last -> last.senderId().toString()).orElse(""),
        before.map(last -> last.messageId().toString()).orElse(""),
        (long) most);
  }

  /** Whose key it is: a message's. */
  public record Owned(UUID senderId, UUID messageId, UUID contactId) {}

  private static String place(UUID senderId, UUID messageId) {
    return "receipt_keys/" + senderId + "/" + messageId;
  }
}
