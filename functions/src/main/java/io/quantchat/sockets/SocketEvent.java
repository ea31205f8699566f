package io.quantchat.sockets;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of a socket, as the WebSocket API hands it to a function.
 *
 * @param kind what happened to the socket
 * @param routeKey the route that was chosen, such as {@code typing} or {@code $default}
 * @param connectionId the gateway's id of the socket; opaque
 * @param connectedAt when the socket opened; the same in all its events
 * @param userId whose socket it is: the {@code principalId} that the authorizer gave it when it
 *     opened, and the one value of its context that every kind of event is known to carry
 * @param sessionId the session that it was opened in, where the event tells
 * @param body a message's text as it came; empty for other events
 */
record SocketEvent(
    Kind kind,
    String routeKey,
    String connectionId,
    Instant connectedAt,
    Optional<String> userId,
    Optional<String> sessionId,
    String body) {

  /** The kinds of events. Names are those of {@code requestContext.eventType}. */
  enum Kind {
    CONNECT,
    MESSAGE,
    DISCONNECT
  }

  /** Reads an event. */
  static SocketEvent read(InputStream in) throws IOException {
    JsonNode event = Json.MAPPER.readTree(in);
    JsonNode context = event.path("requestContext");
    return new SocketEvent(
        Kind.valueOf(context.path("eventType").asText()),
        context.path("routeKey").asText(),
        context.path("connectionId").asText(),
        Instant.ofEpochMilli(context.path("connectedAt").asLong()),
        value(context, "principalId"),
        value(context, "session_id"),
        event.path("body").asText());
  }

  private static Optional<String> value(JsonNode context, String name) {
    return Optional.ofNullable(context.path("authorizer").path(name).textValue())
        .filter(text -> !text.isEmpty());
  }
}
