package io.quantchat.client.store;

import io.quantchat.crypto.MessageKey;
import java.util.List;
import java.util.Optional;

/** Messages that came in and were taken, each once. */
public final class ReceivedStore {

  private final Database database;
  private final RefusalStore refusals;

  ReceivedStore(Database database, RefusalStore refusals) {
    this.database = database;
    this.refusals = refusals;
  }

  public void remember(MessageKey message) {
    database.write("INSERT INTO received VALUES (?, ?)", message.senderId(), message.messageId());
    refusals.forget(message.senderId(), message.messageId());
  }

  public boolean contains(MessageKey message) {
    return database
        .first(
            "SELECT 1 AS there FROM received WHERE sender_id = ? AND message_id = ?",
            row -> row.number("there"),
            message.senderId(),
            message.messageId())
        .isPresent();
  }

  /** Of a message that another program of this account took. */
  public void bring(MessageKey message) {
    database.write(
        "INSERT OR IGNORE INTO received VALUES (?, ?)", message.senderId(), message.messageId());
  }

  /** Those behind one of them, in the order of their ids; the first ones behind nothing. */
  public List<MessageKey> after(Optional<MessageKey> before, int most) {
    return database.all(
        """
        SELECT * FROM received WHERE (sender_id, message_id) > (?, ?)
        ORDER BY sender_id, message_id LIMIT ?
        """,
        row -> new MessageKey(row.id("sender_id"), row.id("message_id")),
        before.map(last -> last.senderId().toString()).orElse(""),
        before.map(last -> last.messageId().toString()).orElse(""),
        (long) most);
  }
}
