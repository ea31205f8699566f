package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import java.time.Instant;
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
    add(messageId, contactId, Optional.empty());
  }

  /**
   * @param known the server's time that was known last when the message was written: it wasn't
   *     written before then, whatever the clock said
   */
  public void add(UUID messageId, UUID contactId, Optional<Instant> known) {
    database.write(
        "INSERT INTO outbox (message_id, contact_id, known_ms) VALUES (?, ?, ?)",
        messageId,
        contactId,
        known.map(Instant::toEpochMilli).orElse(null));
  }

  /**
   * Adds a message that is for the contact's program, and in no conversation.
   *
   * @param content what is sealed
   */
  public void addControl(UUID messageId, UUID contactId, byte[] content) {
    database.write(
        "INSERT INTO outbox (message_id, contact_id, control) VALUES (?, ?, ?)",
        messageId,
        contactId,
        cipher.seal(controlPlace(messageId), content));
  }

  /** What such a message holds; nothing where it is one of a conversation. */
  public Optional<byte[]> control(UUID messageId) {
    return database
        .first(
            "SELECT control FROM outbox WHERE message_id = ?",
            row -> row.optionalBytes("control"),
            messageId)
        .flatMap(control -> control)
        .map(control -> cipher.open(controlPlace(messageId), control));
  }

  /**
   * A message goes out again, under a new id: sealed anew, and in its old place where it was still
   * waiting.
   */
  void reissue(UUID oldId, UUID newId, UUID contactId) {
    boolean mayHaveLeft = mayHaveLeft(oldId);
    database.write(
        "INSERT OR IGNORE INTO outbox (message_id, contact_id) VALUES (?, ?)", oldId, contactId);
    if (mayHaveLeft) {
      database.write("UPDATE outbox SET replaces = message_id WHERE message_id = ?", oldId);
    }
    database.write(
        "UPDATE outbox SET message_id = ?, request = NULL WHERE message_id = ?", newId, oldId);
  }

  /** Whether somebody else may have it: it was sealed. */
  boolean mayHaveLeft(UUID messageId) {
    return find(messageId).isEmpty() || isSealed(messageId);
  }

  private boolean isSealed(UUID messageId) {
    return database
        .first(
            "SELECT 1 AS there FROM outbox WHERE message_id = ? AND request IS NOT NULL",
            row -> row.number("there"),
            messageId)
        .isPresent();
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
    return new Waiting(
        row.id("message_id"),
        row.id("contact_id"),
        row.optionalText("replaces").map(UUID::fromString),
        row.optionalText("known_ms").map(Long::parseLong).map(Instant::ofEpochMilli));
  }

  private static String controlPlace(UUID messageId) {
    return "outbox/control/" + messageId;
  }

  private static String place(UUID messageId) {
    return "outbox/" + messageId;
  }

  /**
   * A message on its way out.
   *
   * @param replaces the id under which it may have left before: whoever has that one has this one
   * @param known the server's time that was known last when it was written
   */
  public record Waiting(
      UUID messageId, UUID contactId, Optional<UUID> replaces, Optional<Instant> known) {}
}
