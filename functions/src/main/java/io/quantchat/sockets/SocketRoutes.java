package io.quantchat.sockets;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.FailureTrace;
import io.quantchat.host.Metrics;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.push.Connection;
import io.quantchat.push.Event;
import io.quantchat.push.Pushes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The routes of the WebSocket API. Turns whatever goes wrong with a frame into an {@code error}
 * frame: nothing that a frame's route throws reaches the gateway, and the socket stays open.
 */
final class SocketRoutes {

  /** A socket that opens or closes. A problem while it opens refuses it. */
  @FunctionalInterface
  interface Turn {
    void take(Connection connection);
  }

  /** A route whose frames get no answer. */
  @FunctionalInterface
  interface OneWay {
    void take(Connection from, Frame frame);
  }

  /** A route whose frames are answered. */
  @FunctionalInterface
  interface TwoWay {
    Event answer(Connection from, Frame frame);
  }

  private record Route(boolean answers, TwoWay action) {}

  /** A type that is safe to repeat to whoever sent it. */
  private static final Pattern PLAIN_TYPE = Pattern.compile("[A-Za-z0-9_$.-]{1,64}");

  private final Pushes pushes;
  private final Turn opened;
  private final Turn closed;
  private final Metrics metrics;
  private final Map<String, Route> routes = new TreeMap<>();

  /**
   * No frames yet.
   *
   * @param pushes posts an error where the gateway drops what a route answers
   * @param metrics counts the routes' failures
   */
  SocketRoutes(Pushes pushes, Turn opened, Turn closed, Metrics metrics) {
    this.pushes = pushes;
    this.opened = opened;
    this.closed = closed;
    this.metrics = metrics;
  }

  /** Adds a type of frame whose route has no response in the template. */
  SocketRoutes oneWay(String type, OneWay action) {
    routes.put(
        type,
        new Route(
            false,
            (from, frame) -> {
              action.take(from, frame);
              return null;
            }));
    return this;
  }

  /** Adds a type of frame whose route has a response in the template. */
  SocketRoutes twoWay(String type, TwoWay action) {
    routes.put(type, new Route(true, action));
    return this;
  }

  /** Answers one event. */
  void handle(InputStream in, OutputStream out, Context context) throws IOException {
    SocketEvent event = SocketEvent.read(in);
    switch (event.kind()) {
      case CONNECT -> write(out, open(event, context), Optional.empty());
      case DISCONNECT -> {
        event.userId().ifPresent(userId -> close(connectionOf(event, userId)));
        write(out, 200, Optional.empty());
      }
      case MESSAGE -> write(out, 200, message(event, context));
    }
  }

  private int open(SocketEvent event, Context context) {
    try {
      opened.take(connectionOf(event, event.userId().orElseThrow(SocketRoutes::notLoggedIn)));
      return 200;
    } catch (Problem refusal) {
      return refusal.kind().status();
    } catch (RuntimeException failure) {
      return Problem.ofFailure(failure, context, metrics).kind().status();
    }
  }

  /** Lambda logs the message of what is thrown, which may hold what was asked for. */
  private void close(Connection connection) {
    try {
      closed.take(connection);
    } catch (RuntimeException failure) {
      throw FailureTrace.withoutMessage(failure);
    }
  }

  private Optional<Event> message(SocketEvent event, Context context) {
    Route route = routes.getOrDefault(event.routeKey(), new Route(true, this::unknownType));
    Optional<Event> answer = answer(route, event, context);
    if (route.answers() || answer.isEmpty() || event.userId().isEmpty()) {
      return answer;
    }
    pushes.post(List.of(connectionOf(event, event.userId().get())), answer.get());
    return Optional.empty();
  }

  private Optional<Event> answer(Route route, SocketEvent event, Context context) {
    Optional<Frame> read = Optional.empty();
    try {
      String userId = event.userId().orElseThrow(SocketRoutes::notLoggedIn);
      Frame frame = Frame.parse(event.body());
      read = Optional.of(frame);
      return Optional.ofNullable(route.action().answer(connectionOf(event, userId), frame));
    } catch (Problem refusal) {
      return Optional.of(error(refusal, read));
    } catch (RuntimeException failure) {
      return Optional.of(error(Problem.ofFailure(failure, context, metrics), read));
    }
  }

  private Event unknownType(Connection from, Frame frame) {
    String types = String.join(", ", routes.keySet());
    throw frame.type().isEmpty()
        ? Problem.invalid("type", "is required, and must be one of " + types)
        : Problem.invalid("type", "must be one of " + types);
  }

  private static Connection connectionOf(SocketEvent event, String userId) {
    return new Connection(userId, event.connectionId(), event.connectedAt(), event.sessionId());
  }

  private static Problem notLoggedIn() {
    return Problem.of(
        Problem.Kind.UNAUTHORIZED, "Nobody is logged in on this socket: open it anew.");
  }

  /** Says which frame is meant, as far as it said so itself: answers may overtake each other. */
  private static Event error(Problem problem, Optional<Frame> frame) {
    ObjectNode payload =
        Json.object().put("detail", problem.detail()).put("status", problem.kind().status());
    problem.code().ifPresent(code -> payload.put("code", code.wireName()));
    problem.retryAfterSeconds().ifPresent(seconds -> payload.put("retry_after", seconds));
    frame
        .flatMap(Frame::type)
        .filter(type -> PLAIN_TYPE.matcher(type).matches())
        .ifPresent(type -> payload.put("type", type));
    frame.flatMap(Frame::messageId).ifPresent(id -> payload.put("message_id", id));
    return new Event(Event.Type.ERROR, payload);
  }

  private static void write(OutputStream out, int status, Optional<Event> answer)
      throws IOException {
    try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      if (answer.isPresent()) {
        json.writeStringField("body", new String(answer.get().toFrame(), StandardCharsets.UTF_8));
      }
      json.writeEndObject();
    }
  }
}
