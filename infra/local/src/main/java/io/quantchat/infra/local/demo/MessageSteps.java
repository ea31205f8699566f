package io.quantchat.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.demo.Stage.Ended;
import io.quantchat.infra.local.demo.Stage.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What people do with messages, and what the table holds meanwhile. */
final class MessageSteps {

  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final String NOBODY = "   ";

  private final Stage stage;
  private final Transcript transcript;
  private final RestCalls rest;
  private final Optional<StoredRows> rows;

  /**
   * @param rows the table, where it can be looked into
   */
  MessageSteps(Stage stage, Transcript transcript, RestCalls rest, Optional<StoredRows> rows) {
    this.stage = stage;
    this.transcript = transcript;
    this.rest = rest;
    this.rows = rows;
  }

  String send(Person from, Person to, String text) throws Ended {
    ObjectNode body = Wire.object();
    body.put("recipient_id", to.id());
    body.put("encrypted_content", SentText.of(text));
    body.put("encrypted_session_key", SentText.SESSION_KEY);
    body.put("crypto_version", "v1");
    body.put("encryption_algorithm", "ECDH-AES256-GCM");
    body.put("kdf_algorithm", "HKDF-SHA256");
    return stage.step(
        from.name(),
        "POST /relay/send to %s \"%s\"".formatted(to.name(), SentText.of(text)),
        () -> {
          Answer answer = rest.post("/relay/send", from.bearer(), body).expect(201);
          Difference.check("success", true, answer.body().path("success").asBoolean());
          answer.expect("status", "queued");
          Instant expiry = sevenDaysFromNow(answer.text("expires_at"));
          return new Outcome<>(
              answer.text("message_id"),
              "201  queued as %s until %s"
                  .formatted(ShortId.of(answer.text("message_id")), expiry));
        });
  }

  void fetchPending(Person who, Person sender, String messageId, String text) throws Ended {
    stage.step(
        who.name(),
        "GET /relay/pending",
        () -> {
          Answer answer = rest.get("/relay/pending", who.bearer()).expect(200);
          Difference.check("count", 1, answer.body().path("count").asInt());
          JsonNode message = answer.body().path("messages").path(0);
          Difference.check("id", messageId, message.path("id").asText());
          SentText.check(message, sender, text);
          return new Outcome<>(
              message,
              "200  1 message: %s from %s \"%s\""
                  .formatted(ShortId.of(messageId), sender.name(), SentText.of(text)));
        });
  }

  void acknowledge(Person who, String messageId) throws Ended {
    stage.step(
        who.name(),
        "POST /relay/acknowledge " + ShortId.of(messageId),
        () -> {
          ObjectNode body = Wire.object().put("message_id", messageId);
          Answer answer = rest.post("/relay/acknowledge", who.bearer(), body).expect(200);
          answer.expect("message_id", messageId).expect("status", "acknowledged");
          return new Outcome<>(answer, "200  acknowledged");
        });
  }

  void openConversation(Person who, Person with) throws Ended {
    String path = "/messages/conversation/%s?current_user_id=%s".formatted(with.id(), who.id());
    stage.step(
        who.name(),
        "GET /messages/conversation/" + ShortId.of(with.id()),
        () -> {
          Answer answer = rest.get(path, who.bearer()).expect(200);
          Difference.check("messages still held", 0, answer.body().size());
          return new Outcome<>(answer, "200  the relay holds nothing more");
        });
  }

  void showRows(Person recipient, int expected) throws Ended {
    if (rows.isEmpty()) {
      return;
    }
    StoredRows table = rows.get();
    List<JsonNode> held =
        stage.step(
            NOBODY,
            "the table's rows for " + recipient.name(),
            () -> {
              List<JsonNode> found = table.of(recipient.id());
              Difference.check("number of rows", expected, found.size());
              return new Outcome<>(found, "%s, %d".formatted(table.table(), found.size()));
            });
    transcript.rows(held);
  }

  private static Instant sevenDaysFromNow(String expiresAt) throws Difference {
    Instant expected = Instant.now().plus(RETENTION);
    try {
      Instant expiry = Instant.parse(expiresAt);
      if (Duration.between(expiry, expected).abs().compareTo(CLOCK_TOLERANCE) < 0) {
        return expiry;
      }
    } catch (DateTimeParseException noTime) {
      throw new Difference("expires_at in RFC 3339", "\"" + expiresAt + "\"");
    }
    throw new Difference("expires_at about " + expected, "expires_at " + expiresAt);
  }
}
