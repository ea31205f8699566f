package io.quantchat.client.store;

import java.util.Optional;
import java.util.UUID;

/**
 * Which requests to write a message were done, so that one whose answer was lost can be made again.
 * The last {@value #KEPT} are known: who lost an answer asks at once.
 */
public final class RequestStore {

  private static final long KEPT = 1000;

  private final Database database;

  RequestStore(Database database) {
    this.database = database;
  }

  /** The message that a request has written. */
  public Optional<UUID> message(UUID requestId) {
    return database.first(
        "SELECT message_id FROM requests WHERE request_id = ?",
        row -> row.id("message_id"),
        requestId);
  }

  /** The message that a request has written has another id from now on. */
  void reissue(UUID oldId, UUID newId) {
    database.write("UPDATE requests SET message_id = ? WHERE message_id = ?", newId, oldId);
  }

  /** A request has written a message. */
  public void keep(UUID requestId, UUID messageId) {
    database.write("INSERT INTO requests VALUES (?, ?)", requestId, messageId);
    database.write(
        "DELETE FROM requests WHERE rowid <= (SELECT max(rowid) FROM requests) - ?", KEPT);
  }
}
