package io.quantchat.client.store;

import io.quantchat.client.model.Quarantined;
import io.quantchat.crypto.MessageKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Messages that came in: taken once, or refused and kept for a look. */
public final class ReceivedStore {

  /** Whoever floods it fills no disk: what is more stays with the relay until it expires. */
  private static final int MOST_REFUSED = 1_000;

  private final Database database;
  private final SealedJson json;

  ReceivedStore(Database database, SealedJson json) {
    this.database = database;
    this.json = json;
  }

  public void remember(MessageKey message) {
    database.write("INSERT INTO received VALUES (?, ?)", message.senderId(), message.messageId());
    database.write("DELETE FROM quarantine WHERE message_id = ?", message.messageId());
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

  /**
   * Keeps a refused message for a look.
   *
   * @return whether it is new here
   */
  public boolean refuse(Quarantined refused) {
    boolean there =
        database
            .first(
                "SELECT 1 AS there FROM quarantine WHERE message_id = ?",
                row -> row.number("there"),
                refused.messageId())
            .isPresent();
    if (there) {
      database.write(
          "UPDATE quarantine SET reason = ?, detail = ? WHERE message_id = ?",
          refused.reason(),
          refused.detail(),
          refused.messageId());
    } else if (countRefused() < MOST_REFUSED) {
      database.write(
          "INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?)",
          refused.messageId(),
          refused.senderId(),
          refused.firstSeen().toEpochMilli(),
          refused.reason(),
          refused.detail(),
          json.seal(place(refused.messageId()), refused.message()));
    }
    return !there;
  }

  /** It is in none of the files afterwards. */
  public void discard(Quarantined refused) {
    database.erase("DELETE FROM quarantine WHERE message_id = ?", refused.messageId());
  }

  private long countRefused() {
    return database
        .first("SELECT count(*) AS refused FROM quarantine", row -> row.number("refused"))
        .orElseThrow();
  }

  public List<Quarantined> quarantine() {
    return database.all(
        "SELECT * FROM quarantine ORDER BY first_seen_ms, message_id", this::quarantined);
  }

  private Quarantined quarantined(Row row) {
    String messageId = row.text("message_id");
    Map<String, Object> message = json.open(place(messageId), row.bytes("message"));
    return new Quarantined(
        messageId,
        row.text("sender_id"),
        Instant.ofEpochMilli(row.number("first_seen_ms")),
        row.text("reason"),
        row.text("detail"),
        message);
  }

  private static String place(String messageId) {
    return "quarantine/" + messageId;
  }
}
