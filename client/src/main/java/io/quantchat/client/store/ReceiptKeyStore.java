package io.quantchat.client.store;

import io.quantchat.crypto.ReceiptKey;
import io.quantchat.crypto.Secret;
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

  /** It is in none of the files afterwards. */
  public void forget(UUID senderId, UUID messageId) {
    database.eraseFormer(DELETE, senderId, messageId);
  }

  private static String place(UUID senderId, UUID messageId) {
    return "receipt_keys/" + senderId + "/" + messageId;
  }
}
