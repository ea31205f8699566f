package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.Route;
import io.quantchat.infra.local.gateway.SourceIp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;

/**
 * Takes handshakes at one path. The upgrade is held, on a thread of its own, until the handshake is
 * decided; a client sees the 101 only once {@code $connect} has agreed.
 */
final class UpgradeHandler extends Handler.Abstract.NonBlocking {

  private static final HttpAnswer CLOSING =
      HttpAnswer.error(503, "ServiceUnavailableException", "The gateway is closing");

  private static final HttpAnswer BROKEN =
      HttpAnswer.error(500, "InternalServerErrorException", "Internal server error");

  private final String path;
  private final Handshake handshake;
  private final SocketIds ids;
  private final Clock clock;
  private final SocketLimits limits;
  private final Invocations invocations;
  private final Function<Client, OpenSocket> open;
  private final WebSocketMappings mappings;

  /**
   * @param open makes a connection known, so that posts can reach it
   */
  UpgradeHandler(
      String path,
      Handshake handshake,
      SocketIds ids,
      Clock clock,
      SocketLimits limits,
      Invocations invocations,
      Function<Client, OpenSocket> open) {
    this.path = path;
    this.handshake = handshake;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits;
    this.invocations = invocations;
    this.open = open;
    WebSocketComponents components = new WebSocketComponents();
    installBean(components);
    this.mappings = new WebSocketMappings(components);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!path.equals(request.getHttpURI().getPath())) {
      return false;
    }
    Route.note(request, path);
    Optional<HttpAnswer> refusal = refusal(request, response);
    if (refusal.isPresent()) {
      refusal.get().write(response, callback);
      return true;
    }
    // The connector's idle timeout is for clients that send nothing, not for functions that think.
    request.addIdleTimeoutListener(_ -> false);
    boolean accepted =
        invocations.run(
            () -> {
              try {
                decide(request, response, callback);
              } catch (RuntimeException unexpected) {
                fail(unexpected, response, callback);
              }
            });
    if (!accepted) {
      CLOSING.write(response, callback);
    }
    return true;
  }

  private void decide(Request request, Response response, Callback callback) {
    long connectedAt = clock.millis();
    Client client =
        new Client(
            ids.next(),
            connectedAt,
            Optional.ofNullable(request.getHeaders().get(HttpHeader.HOST)).orElse(""),
            SourceIp.of(request),
            Optional.ofNullable(request.getHeaders().get(HttpHeader.USER_AGENT)),
            Map.of());
    UpgradeRequest upgrade = UpgradeRequest.of(request, ids.traceId(connectedAt / 1000));
    switch (handshake.decide(client, upgrade)) {
      case Handshake.Refused(HttpAnswer answer) -> answer.write(response, callback);
      case Handshake.Accepted(Client accepted, Optional<String> subprotocol) ->
          upgrade(accepted, subprotocol, request, response, callback);
    }
  }

  /**
   * {@code $connect} has succeeded: from here on, whatever happens to the connection, its {@code
   * $disconnect} runs.
   */
  private void upgrade(
      Client client,
      Optional<String> subprotocol,
      Request request,
      Response response,
      Callback callback) {
    OpenSocket socket = open.apply(client);
    Callback dropping =
        Callback.from(
            callback::succeeded,
            failure -> {
              socket.dropped();
              callback.failed(failure);
            });
    try {
      if (!mappings.upgrade(
          new SocketNegotiator(socket, subprotocol, limits), request, response, dropping, null)) {
        socket.dropped();
        HttpAnswer.error(400, "BadRequestException", "Bad Request").write(response, callback);
      }
    } catch (RuntimeException e) {
      socket.dropped();
      throw e;
    }
  }

  private Optional<HttpAnswer> refusal(Request request, Response response) {
    if (request.getHttpURI().getPathQuery().length() > limits.urlCharacters()) {
      return Optional.of(
          HttpAnswer.error(
              414,
              "RequestUriTooLongException",
              "The URL may have " + limits.urlCharacters() + " characters"));
    }
    boolean upgrade =
        request.getMethod().equals("GET")
            && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")
            && request.getHeaders().contains(HttpHeader.CONNECTION, "upgrade")
            && "13".equals(request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_VERSION));
    if (!upgrade) {
      response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
      response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
      return Optional.of(
          HttpAnswer.error(426, "UpgradeRequiredException", "Connect with a WebSocket client"));
    }
    String key = request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY);
    return key == null || key.isBlank()
        ? Optional.of(HttpAnswer.error(400, "BadRequestException", "Sec-WebSocket-Key is missing"))
        : Optional.empty();
  }

  private void fail(RuntimeException unexpected, Response response, Callback callback) {
    if (response.isCommitted()) {
      callback.failed(unexpected);
    } else {
      response.reset();
      BROKEN.write(response, callback);
    }
  }
}
