package io.quantchat.client.store;

import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Messages that were refused: each is remembered, so that it isn't tried again for nothing, and
 * kept for a look as long as there is room. Nobody takes the room of others: who has most of it
 * makes way.
 */
public final class RefusalStore {

  /** Whoever floods it fills no disk: what is more stays with the relay until it expires. */
  static final int MOST_KEPT = 1_000;

  static final int MOST_KEPT_OF_ONE = 100;
  private static final int MOST_REMEMBERED = 10_000;
  private static final int MOST_REMEMBERED_OF_ONE = 2_000;
  private static final int MOST_ASKINGS = 10_000;

  /** Bytes, sealed: twice as much as the largest message. */
  private static final int LARGEST_KEPT = 256 * 1024;

  private final Database database;
  private final SealedJson json;

  RefusalStore(Database database, SealedJson json) {
    this.database = database;
    this.json = json;
  }

  /** What is known of a message that was refused before. */
  public Optional<Remembered> find(Name name) {
    return database.first(
        "SELECT * FROM refusals WHERE sender_id = ? AND message_id = ? AND variant = ?",
        row ->
            new Remembered(
                row.text("fingerprint"),
                row.text("basis"),
                row.text("reason"),
                row.number("discarded") == 1),
        name.senderId(),
        name.messageId(),
        name.variant());
  }

  /**
   * Remembers a refusal, and keeps the message for a look if there is room.
   *
   * @param fingerprint of the message as it came
   * @param basis of all that decided besides: while it is the same, so is the refusal
   * @return whether it is new here
   */
  public boolean refuse(Name name, String fingerprint, String basis, Quarantined refused) {
    return database.transaction(
        () -> {
          boolean there = find(name).isPresent();
          if (!there && !makeRoom(name, "1 = 1", MOST_REMEMBERED, MOST_REMEMBERED_OF_ONE)) {
            return false;
          }
          database.write(
              """
              INSERT INTO refusals VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, NULL)
              ON CONFLICT (sender_id, message_id, variant) DO UPDATE SET
                fingerprint = excluded.fingerprint, basis = excluded.basis,
                reason = excluded.reason, detail = excluded.detail, discarded = 0, message = NULL
              """,
              name.senderId(),
              name.messageId(),
              name.variant(),
              fingerprint,
              basis,
              refused.firstSeen().toEpochMilli(),
              refused.reason(),
              refused.detail());
          sealed(name, refused.message())
              .filter(message -> makeRoom(name, "message IS NOT NULL", MOST_KEPT, MOST_KEPT_OF_ONE))
              .ifPresent(message -> keep(name, message));
          return !there;
        });
  }

  /** Nothing for what is too large, or of which no JSON can be made. */
  private Optional<byte[]> sealed(Name name, Map<String, Object> message) {
    try {
      return Optional.of(json.seal(place(name), message))
          .filter(bytes -> bytes.length <= LARGEST_KEPT);
    } catch (StoreException noJson) {
      return Optional.empty();
    }
  }

  private void keep(Name name, byte[] sealed) {
    database.write(
        """
        UPDATE refusals SET message = ?
        WHERE sender_id = ? AND message_id = ? AND variant = ?
        """,
        sealed,
        name.senderId(),
        name.messageId(),
        name.variant());
  }

  /**
   * Has room for one more of a sender's, if need be by letting go of the oldest of whoever has
   * most.
   *
   * @param which of the rows are counted
   */
  private boolean makeRoom(Name name, String which, long most, long mostOfOne) {
    long ofOne = count(which + " AND sender_id = ?", name.senderId());
    if (ofOne >= mostOfOne) {
      return false;
    }
    if (count(which) < most) {
      return true;
    }
    Optional<String> largest =
        database.first(
            "SELECT sender_id, count(*) AS had FROM refusals WHERE "
                + which
                + " GROUP BY sender_id ORDER BY had DESC LIMIT 1",
            row -> row.number("had") > ofOne + 1 ? row.text("sender_id") : name.senderId());
    if (largest.filter(sender -> !sender.equals(name.senderId())).isEmpty()) {
      return false;
    }
    database.write(
        "DELETE FROM refusals WHERE rowid = (SELECT rowid FROM refusals WHERE "
            + which
            + " AND sender_id = ? ORDER BY first_seen_ms, rowid LIMIT 1)",
        largest.get());
    return true;
  }

  private long count(String which, Object... parameters) {
    return database
        .first(
            "SELECT count(*) AS refused FROM refusals WHERE " + which,
            row -> row.number("refused"),
            parameters)
        .orElseThrow();
  }

  /**
   * Lets go of what is kept of a message, which is in none of the files afterwards, and remembers
   * that nobody wants it.
   */
  public void discard(Name name) {
    database.erase(
        """
        UPDATE refusals SET discarded = 1, message = NULL
        WHERE sender_id = ? AND message_id = ? AND variant = ?
        """,
        name.senderId(),
        name.messageId(),
        name.variant());
  }

  /** The message was received after all. */
  public void forget(UUID senderId, UUID messageId) {
    database.write(
        "DELETE FROM refusals WHERE sender_id = ? AND message_id = ?", senderId, messageId);
  }

  /** What isn't kept for a look, and was first seen before then: the relay hasn't it any more. */
  public void forgetBefore(Instant then) {
    database.write(
        "DELETE FROM refusals WHERE message IS NULL AND first_seen_ms < ?", then.toEpochMilli());
    database.write("DELETE FROM askings WHERE asked_ms < ?", then.toEpochMilli());
  }

  /** Those that are kept for a look, oldest first. */
  public List<Quarantined> kept() {
    return database.all(
        """
        SELECT * FROM refusals WHERE message IS NOT NULL
        ORDER BY first_seen_ms, message_id, sender_id
        """,
        this::quarantined);
  }

  private Quarantined quarantined(Row row) {
    var name = new Name(row.text("sender_id"), row.text("message_id"), row.text("variant"));
    // A store of version 1 had them under their id alone, and no fingerprint.
    String place =
        row.text("fingerprint").isEmpty() ? "quarantine/" + name.messageId() : place(name);
    Map<String, Object> message = json.open(place, row.bytes("message"));
    return new Quarantined(
        name.messageId(),
        name.senderId(),
        Instant.ofEpochMilli(row.number("first_seen_ms")),
        row.text("reason"),
        row.text("detail"),
        message);
  }

  private static String place(Name name) {
    return "refusals/" + name.senderId() + "/" + name.messageId() + "/" + name.variant();
  }

  /** When somebody's keys were last asked for because of what came in their name. */
  public Optional<Asking> asked(UUID userId) {
    return database.first(
        "SELECT * FROM askings WHERE user_id = ?",
        row -> new Asking(Instant.ofEpochMilli(row.number("asked_ms")), (int) row.number("times")),
        userId);
  }

  public void asked(UUID userId, Asking asking) {
    database.transaction(
        () -> {
          database.write(
              "INSERT OR REPLACE INTO askings VALUES (?, ?, ?)",
              userId,
              asking.when().toEpochMilli(),
              (long) asking.times());
          database.write(
              """
              DELETE FROM askings WHERE user_id IN (
                SELECT user_id FROM askings ORDER BY asked_ms DESC, user_id LIMIT -1 OFFSET ?)
              """,
              (long) MOST_ASKINGS);
        });
  }

  /**
   * The name of a message that was refused: nobody vouches for its parts.
   *
   * @param senderId as it came, empty for what can't be an id
   * @param messageId the same
   * @param variant tells those apart that have no id
   */
  public record Name(String senderId, String messageId, String variant) {}

  /** A refusal. */
  public record Remembered(String fingerprint, String basis, String reason, boolean isDiscarded) {}

  /**
   * Keys that were asked for.
   *
   * @param times one after the other
   */
  public record Asking(Instant when, int times) {}
}
