package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.gateway.MalformedAnswer;
import io.quantchat.infra.local.gateway.ProxyAnswer;
import io.quantchat.infra.local.lambda.Functions;
import io.quantchat.infra.local.lambda.Invocation;
import io.quantchat.infra.stack.SocketApiSpec;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Brings each message to the function of its route, and what must go back to the client. No error
 * here closes the socket.
 *
 * <p>An answer that doesn't fit into a slow reader's buffer is dropped.
 */
final class MessageRoutes {

  private static final String DEFAULT = "$default";
  private static final String FORBIDDEN = "Forbidden";
  private static final String SERVER_ERROR = "Internal server error";
  private static final String TIMED_OUT = "Endpoint request timed out";

  private final RouteSelector selector;
  private final Map<String, SocketApiSpec.Route> routes;
  private final Functions functions;
  private final SocketEvents events;
  private final SocketIds ids;
  private final SocketLimits limits;

  MessageRoutes(
      SocketApiSpec api,
      Functions functions,
      SocketEvents events,
      SocketIds ids,
      SocketLimits limits) {
    this.selector = new RouteSelector(api.routeSelectionExpression());
    this.routes = api.routes();
    this.functions = functions;
    this.events = events;
    this.ids = ids;
    this.limits = limits;
  }

  /** Runs the message's function and waits for it. */
  void run(OpenSocket socket, String text) {
    String requestId = ids.next();
    SocketApiSpec.Route route = route(text);
    if (route == null) {
      sendError(socket, FORBIDDEN, requestId);
      return;
    }
    byte[] event = events.message(socket.client(), route.key(), requestId, ids.next(), text);
    Invocation invocation = invoke(route, event);
    switch (invocation) {
      case Invocation.Answered(byte[] payload) -> answer(socket, route, payload, requestId);
      case Invocation.IntegrationTimedOut() -> sendError(socket, TIMED_OUT, requestId);
      default -> sendError(socket, SERVER_ERROR, requestId);
    }
  }

  private static void answer(
      OpenSocket socket, SocketApiSpec.Route route, byte[] payload, String requestId) {
    try {
      ProxyAnswer answer = ProxyAnswer.read(payload);
      if (route.twoWay()) {
        send(socket, answer.body());
      }
    } catch (MalformedAnswer _) {
      sendError(socket, SERVER_ERROR, requestId);
    }
  }

  /** A host that breaks is to the client what a function that throws is. */
  private Invocation invoke(SocketApiSpec.Route route, byte[] event) {
    try {
      return functions.invoke(route.functionId(), event, limits.timeout(route.timeout()));
    } catch (RuntimeException e) {
      return new Invocation.Failed(e.getMessage(), e.getClass().getName());
    }
  }

  /** Keys that start with $ are never selected by a message, so functions can trust them. */
  private SocketApiSpec.Route route(String text) {
    return selector
        .select(text)
        .filter(key -> !key.startsWith("$"))
        .map(routes::get)
        .orElseGet(() -> routes.get(DEFAULT));
  }

  private static void sendError(OpenSocket socket, String message, String requestId) {
    send(
        socket,
        "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
            .formatted(message, socket.client().connectionId(), requestId));
  }

  private static void send(OpenSocket socket, String text) {
    var _ = socket.send(text.getBytes(StandardCharsets.UTF_8));
  }
}
