package io.quantchat.relay;

import io.quantchat.host.Ids;
import io.quantchat.http.Fields;
import io.quantchat.http.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A message that a sender asks to be sent.
 *
 * @param messageId the id that the sender minted, if any
 * @param createdAt when the sender says it was written, in milliseconds, if said
 */
public record Draft(
    String recipientId,
    Optional<String> messageId,
    Optional<Instant> createdAt,
    Envelope envelope) {

  /** How far a sender's clock may be ahead of the server's. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  /** How long a message may have waited at the sender's. */
  static final Duration BEHIND = Duration.ofDays(7);

  private static final int LONGEST_TIME = 40;

  /**
   * Reads a send request.
   *
   * @param now the server's time, which bounds the sender's
   * @throws Problem of kind INVALID that names every fault
   */
  public static Draft read(Fields fields, Instant now) {
    var draft =
        new Draft(
            fields.id("recipient_id"),
            messageId(fields, now),
            createdAt(fields, now),
            Envelope.read(fields));
    fields.check();
    return draft;
  }

  private static Optional<String> messageId(Fields fields, Instant now) {
    String name = "message_id";
    Optional<String> id = fields.optionalId(name);
    if (id.isPresent()) {
      Optional<Instant> minted = Ids.timeOf(id.get());
      if (minted.isEmpty()) {
        fields.reject(name, "must be a UUID of version 7 (RFC 9562), or be left out");
      } else {
        requireNear(fields, name, minted.get(), now);
      }
    }
    return id;
  }

  private static Optional<Instant> createdAt(Fields fields, Instant now) {
    String name = "created_at";
    Optional<String> text = fields.optionalText(name, 1, LONGEST_TIME);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant time =
          Instant.ofEpochMilli(OffsetDateTime.parse(text.get()).toInstant().toEpochMilli());
      requireNear(fields, name, time, now);
      return Optional.of(time);
    } catch (DateTimeException | ArithmeticException notATime) {
      fields.reject(name, "must be a time of RFC 3339, such as 2026-02-02T10:00:00.123Z");
      return Optional.empty();
    }
  }

  private static void requireNear(Fields fields, String name, Instant time, Instant now) {
    if (time.isAfter(now.plus(AHEAD)) || time.isBefore(now.minus(BEHIND))) {
      fields.reject(
          name,
          "must be of a time within the last 7 days and at most 5 minutes ahead: check the clock",
          Problem.Code.CLOCK);
    }
  }
}
