package io.quantchat.client.store;

import io.quantchat.crypto.MessageKey;

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
}
