package io.quantchat.infra.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.crypto.Envelope;
import io.quantchat.crypto.SignedBundle;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The server's answers about somebody, to whoever logs in as they do. It changes nothing. */
final class ServerAnswers {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final RestCalls rest;
  private final Map<UUID, String> tokens = new HashMap<>();

  ServerAnswers(RestCalls rest) {
    this.rest = rest;
  }

  /** The bundle that they have published. */
  Published bundleOf(Person owner) throws Difference {
    JsonNode body = get("/keys/" + owner.id() + "/bundle", owner);
    return new Published(SignedBundle.fromMap(Wire.map(body)), body.toString().length());
  }

  /** How many of their one-time prekeys nobody has taken. */
  int prekeysOf(Person owner) throws Difference {
    return get("/keys/prekeys/count", owner).path("one_time").asInt();
  }

  /** A message that waits for somebody; nothing where it doesn't. */
  Optional<Waiting> waiting(Person recipient, UUID messageId) throws Difference {
    for (JsonNode message : get("/relay/pending", recipient).path("messages")) {
      if (message.path("id").asText().equals(messageId.toString())) {
        return Optional.of(
            new Waiting(Envelope.fromMap(Wire.map(message), recipient.id()), expiry(message)));
      }
    }
    return Optional.empty();
  }

  /** Returns once a message waits no more. */
  void awaitGone(Person recipient, UUID messageId) throws Difference {
    Patience.untilGone(
        "no such message at the server", () -> waiting(recipient, messageId).isEmpty());
  }

  /** Returns once the server denies that it has a file. */
  void awaitFileGone(Person asking, String mediaId) throws Difference {
    Patience.untilGone(
        "no such file at the server",
        () -> call("/media/" + mediaId, asking).status() == NOT_FOUND);
  }

  /** How many messages wait for somebody, at most a page of them. */
  int waiting(Person recipient) throws Difference {
    return get("/relay/pending", recipient).path("count").asInt();
  }

  /** Seven days from now: the server keeps nothing for longer. */
  private static Instant expiry(JsonNode message) throws Difference {
    try {
      Instant expiry = Instant.parse(message.path("expires_at").asText());
      Instant expected = Instant.now().plus(RETENTION);
      if (Duration.between(expiry, expected).abs().compareTo(CLOCK_TOLERANCE) > 0) {
        throw new Difference("expires_at about " + expected, "expires_at " + expiry);
      }
      return expiry;
    } catch (DateTimeParseException noTime) {
      throw new Difference("expires_at in RFC 3339", "something else");
    }
  }

  private JsonNode get(String path, Person whose) throws Difference {
    return call(path, whose).expect(OK).body();
  }

  private Answer call(String path, Person whose) throws Difference {
    String token = tokens.get(whose.id());
    if (token == null) {
      token = login(whose.secrets());
      tokens.put(whose.id(), token);
    }
    return rest.get(path, Optional.of(token));
  }

  private String login(Secrets secrets) throws Difference {
    JsonNode body = Wire.object().put("email", secrets.email()).put("password", secrets.password());
    return rest.post("/auth/login", Optional.empty(), body).expect(OK).text("access_token");
  }

  /**
   * A bundle that is published.
   *
   * @param bytes of its JSON
   */
  record Published(SignedBundle signed, int bytes) {}

  /**
   * A message that waits.
   *
   * @param expiresAt until when
   */
  record Waiting(Envelope envelope, Instant expiresAt) {}
}
