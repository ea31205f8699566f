package io.quantchat.client.store;

import io.quantchat.crypto.Content;
import io.quantchat.crypto.Numbers;
import io.quantchat.crypto.StreamPlace;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Under which number each own message was sealed, by the ids under which it went out. A number is
 * taken in the transaction that keeps the sealed bytes, so that no two messages have the same one.
 */
public final class OwnStreamStore {

  private final Database database;

  OwnStreamStore(Database database) {
    this.database = database;
  }

  /** The place that the next message to somebody takes; a stream begins where there is none. */
  public StreamPlace next(UUID contactId) {
    return database
        .first(
            "SELECT * FROM streams WHERE contact_id = ?",
            row -> new StreamPlace(row.id("epoch"), row.number("last") + 1),
            contactId)
        .orElseGet(() -> new StreamPlace(UUID.randomUUID(), 1));
  }

  /** A message was sealed under this place. */
  public void took(UUID messageId, UUID contactId, StreamPlace place) {
    database.write(
        """
        INSERT INTO streams (contact_id, epoch, last) VALUES (?, ?, ?)
        ON CONFLICT (contact_id) DO UPDATE SET epoch = excluded.epoch, last = excluded.last
        """,
        contactId,
        place.epoch(),
        place.number());
    database.write("DELETE FROM sent WHERE message_id = ?", messageId);
    database.write(
        """
        INSERT INTO sent (message_id, contact_id, epoch, number, current_id, void)
        VALUES (?, ?, ?, ?, ?, 0)
        """,
        messageId,
        contactId,
        place.epoch(),
        place.number(),
        messageId);
  }

  /** Numbers of an epoch that will never come, the newest of them. */
  public Numbers noMore(UUID contactId, UUID epoch) {
    return database
        .all(
            """
            SELECT number FROM sent WHERE contact_id = ? AND epoch = ? AND void = 1
            ORDER BY number DESC LIMIT 1000
            """,
            row -> Numbers.of(row.number("number"), row.number("number")),
            contactId,
            epoch)
        .stream()
        .reduce(Numbers.NONE, Numbers::with)
        .newest(Content.MOST_VOID);
  }

  /** The message that goes by this id won't be sent any more: nothing comes under its numbers. */
  public void neverComes(UUID messageId) {
    database.write("UPDATE sent SET void = 1 WHERE current_id = ?", messageId);
  }

  /** A message goes out again, under another id. */
  void reissue(UUID oldId, UUID newId, UUID contactId) {
    database.write(
        """
        INSERT OR IGNORE INTO sent (message_id, contact_id, epoch, number, current_id, void)
        VALUES (?, ?, NULL, NULL, ?, 0)
        """,
        oldId,
        contactId,
        oldId);
    database.write("UPDATE sent SET current_id = ?, void = 0 WHERE current_id = ?", newId, oldId);
  }

  /** What a message is instead of, oldest first. */
  public List<Content.Replaced> replacedBy(UUID messageId) {
    return database
        .all(
            """
            SELECT * FROM sent WHERE current_id = ? AND message_id <> ? ORDER BY rowid DESC LIMIT ?
            """,
            row ->
                new Content.Replaced(
                    row.id("message_id"),
                    row.optionalText("epoch")
                        .map(UUID::fromString)
                        .map(epoch -> new StreamPlace(epoch, row.number("number")))),
            messageId,
            messageId,
            (long) Content.MOST_REPLACED)
        .reversed();
  }

  /** The id that a message goes by now. */
  public UUID current(UUID messageId) {
    return database
        .first(
            "SELECT current_id FROM sent WHERE message_id = ?",
            row -> row.id("current_id"),
            messageId)
        .orElse(messageId);
  }

  /** The messages to somebody that were sealed under these numbers, by the ids that they have. */
  public List<UUID> at(UUID contactId, Content.OfEpoch asked, int most) {
    return asked.numbers().spans().stream()
        .flatMap(
            span ->
                database
                    .all(
                        """
                        SELECT current_id FROM sent
                        WHERE contact_id = ? AND epoch = ? AND number BETWEEN ? AND ? AND void = 0
                        ORDER BY number LIMIT ?
                        """,
                        row -> row.id("current_id"),
                        contactId,
                        asked.epoch(),
                        span.first(),
                        span.last(),
                        (long) most)
                    .stream())
        .distinct()
        .limit(most)
        .toList();
  }

  /** The messages to somebody that were sealed after a place, by the ids that they have. */
  public List<UUID> after(UUID contactId, Optional<StreamPlace> place, int most) {
    long last = place.map(known -> rowOf(contactId, known)).orElse(0L);
    return database
        .all(
            """
            SELECT current_id FROM sent
            WHERE contact_id = ? AND rowid > ? AND epoch IS NOT NULL AND void = 0
            ORDER BY rowid LIMIT ?
            """,
            row -> row.id("current_id"),
            contactId,
            last,
            (long) most)
        .stream()
        .distinct()
        .toList();
  }

  /** The last message sealed up to that place; where the epoch isn't known, none was. */
  private long rowOf(UUID contactId, StreamPlace place) {
    return database
        .first(
            """
            SELECT coalesce(max(rowid), 0) AS last FROM sent
            WHERE contact_id = ? AND epoch = ? AND number <= ?
            """,
            row -> row.number("last"),
            contactId,
            place.epoch(),
            place.number())
        .orElse(0L);
  }

  /** The next message to somebody begins another epoch: they have another store. */
  public void beginAnew(UUID contactId) {
    database.write("DELETE FROM streams WHERE contact_id = ?", contactId);
  }

  /** The next message to anybody begins another epoch: the numbers here may have been used. */
  public void beginAnew() {
    database.write("DELETE FROM streams");
  }

  /** Under which ids messages went out, in their order, behind a row of before; 0 for the first. */
  public List<Sent> sent(long before, int most) {
    return database.all(
        "SELECT rowid AS row, * FROM sent WHERE rowid > ? ORDER BY rowid LIMIT ?",
        row ->
            new Sent(
                row.number("row"),
                row.id("message_id"),
                row.id("contact_id"),
                row.optionalText("epoch")
                    .map(UUID::fromString)
                    .map(epoch -> new StreamPlace(epoch, row.number("number"))),
                row.id("current_id"),
                row.number("void") == 1),
        before,
        (long) most);
  }

  /** Of a message that another program of this account sent. */
  public void bring(Sent sent) {
    database.write(
        """
        INSERT OR IGNORE INTO sent (message_id, contact_id, epoch, number, current_id, void)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        sent.messageId(),
        sent.contactId(),
        sent.place().map(StreamPlace::epoch).orElse(null),
        sent.place().map(StreamPlace::number).orElse(null),
        sent.currentId(),
        sent.isVoid() ? 1L : 0L);
  }

  /**
   * An id under which a message went out, or was to.
   *
   * @param row where it stands among the others
   * @param place under which number it was sealed, if it had one
   * @param currentId the id that the message goes by now
   * @param isVoid whether nothing comes under its number
   */
  public record Sent(
      long row,
      UUID messageId,
      UUID contactId,
      Optional<StreamPlace> place,
      UUID currentId,
      boolean isVoid) {}
}
