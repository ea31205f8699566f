package io.quantchat.client.store;

import io.quantchat.crypto.MessageKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Messages that can't be opened here, and that their senders are asked to seal again. Who is in
 * here may be acknowledged: the request is made of it, whatever happens.
 */
public final class AskedStore {

  private final Database database;

  AskedStore(Database database) {
    this.database = database;
  }

  /** From now on, until it has come in another form. */
  public void add(MessageKey message, Instant now) {
    database.write(
        """
        INSERT OR IGNORE INTO asked (sender_id, message_id, first_ms, times, next_ms)
        VALUES (?, ?, ?, 0, ?)
        """,
        message.senderId(),
        message.messageId(),
        now.toEpochMilli(),
        now.toEpochMilli());
  }

  public boolean contains(MessageKey message) {
    return count(
            "SELECT count(*) AS found FROM asked WHERE sender_id = ? AND message_id = ?",
            message.senderId(),
            message.messageId())
        > 0;
  }

  /** So many of somebody's. */
  public long countOf(UUID senderId) {
    return count("SELECT count(*) AS found FROM asked WHERE sender_id = ?", senderId);
  }

  /** So many of people with whom there is no conversation. */
  public long countOfStrangers() {
    return count(
        """
        SELECT count(*) AS found FROM asked
        WHERE sender_id NOT IN (SELECT contact_id FROM messages)
        """);
  }

  public List<UUID> senders(Instant now, int mostTimes) {
    return database.all(
        "SELECT DISTINCT sender_id FROM asked WHERE next_ms <= ? AND times < ?",
        row -> row.id("sender_id"),
        now.toEpochMilli(),
        (long) mostTimes);
  }

  /** The messages of a sender's for which it is time, oldest first. */
  public List<Asked> due(UUID senderId, Instant now, int mostTimes, int most) {
    return database.all(
        """
        SELECT * FROM asked WHERE sender_id = ? AND next_ms <= ? AND times < ?
        ORDER BY rowid LIMIT ?
        """,
        row -> new Asked(new MessageKey(senderId, row.id("message_id")), row.number("times")),
        senderId,
        now.toEpochMilli(),
        (long) mostTimes,
        (long) most);
  }

  public void asked(MessageKey message, Instant next) {
    database.write(
        """
        UPDATE asked SET times = times + 1, next_ms = ? WHERE sender_id = ? AND message_id = ?
        """,
        next.toEpochMilli(),
        message.senderId(),
        message.messageId());
  }

  /** It has come after all, or something in its place. */
  public void remove(MessageKey message) {
    database.write(
        "DELETE FROM asked WHERE sender_id = ? AND message_id = ?",
        message.senderId(),
        message.messageId());
  }

  /** What was asked for before then: the relay has none of it any more. */
  public void forgetBefore(Instant then) {
    database.write("DELETE FROM asked WHERE first_ms < ?", then.toEpochMilli());
  }

  private long count(String sql, Object... parameters) {
    return database.first(sql, row -> row.number("found"), parameters).orElseThrow();
  }

  /** A message that is asked for, and how often it was. */
  public record Asked(MessageKey message, long times) {}
}
