package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages on their way out, in the order in which they were written. */
public final class OutboxStore {

  private final Database database;
  private final RowCipher cipher;

  OutboxStore(Database database, RowCipher cipher) {
    this.database = database;
    this.cipher = cipher;
  }

  public void add(UUID messageId, UUID contactId) {
    database.write(
        "INSERT INTO outbox (message_id, contact_id) VALUES (?, ?)", messageId, contactId);
  }

  /** Keeps the sealed message: every try sends these bytes. */
  public void keepRequest(UUID messageId, byte[] request) {
    database.write(
        "UPDATE outbox SET request = ? WHERE message_id = ?",
        cipher.seal(place(messageId), request),
        messageId);
  }

  public List<Waiting> waiting() {
    return database.all("SELECT * FROM outbox ORDER BY position", this::waiting);
  }

  public Optional<Waiting> find(UUID messageId) {
    return database.first("SELECT * FROM outbox WHERE message_id = ?", this::waiting, messageId);
  }

  public void remove(UUID messageId) {
    database.write("DELETE FROM outbox WHERE message_id = ?", messageId);
  }

  /**
   * The send request's JSON; nothing where the message wasn't sealed yet.
   *
   * @throws DamagedException where it can't be read any more
   */
  public Optional<byte[]> request(UUID messageId) {
    return database
        .first(
            "SELECT request FROM outbox WHERE message_id = ?",
            row -> row.optionalBytes("request"),
            messageId)
        .flatMap(request -> request)
        .map(request -> cipher.open(place(messageId), request));
  }

  private Waiting waiting(Row row) {
    return new Waiting(row.id("message_id"), row.id("contact_id"));
  }

  private static String place(UUID messageId) {
    return "outbox/" + messageId;
  }

  /** A message on its way out. */
  public record Waiting(UUID messageId, UUID contactId) {}
}
