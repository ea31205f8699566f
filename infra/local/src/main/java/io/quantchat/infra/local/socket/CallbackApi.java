package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.Json;
import io.quantchat.infra.local.gateway.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code @connections}: POST sends to a socket, GET describes it, DELETE closes it. Every request
 * must be signed. Never blocks.
 */
final class CallbackApi extends Handler.Abstract.NonBlocking {

  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final HttpAnswer NO_SUCH_METHOD =
      HttpAnswer.error(403, "MissingAuthenticationTokenException", "Missing Authentication Token");

  private final String prefix;
  private final SigV4 signatures;
  private final OpenSockets sockets;

  /**
   * @param basePath what stands before {@code /@connections}, such as {@code /live}
   * @param sockets finds an open socket by its id
   */
  CallbackApi(String basePath, SigV4 signatures, OpenSockets sockets) {
    this.prefix = basePath + "/@connections/";
    this.signatures = signatures;
    this.sockets = sockets;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = decode(request.getHttpURI().getPath());
    if (!path.startsWith(prefix)) {
      return false;
    }
    Route.note(request, "/@connections");
    String id = path.substring(prefix.length());
    BoundedBody.read(
        request,
        sockets.limits().messageBytes(),
        body -> answer(request, id, body).write(response, callback),
        callback::failed);
    return true;
  }

  private HttpAnswer answer(Request request, String id, Optional<byte[]> bounded) {
    try {
      byte[] body = bounded.orElseThrow(() -> RefusedCallException.tooLarge(sockets.limits()));
      Optional<SigV4.Refusal> refusal =
          signatures.refusal(
              new SignedRequest(
                  request.getMethod(),
                  request.getHttpURI().getPath(),
                  request.getHttpURI().getQuery(),
                  request.getHeaders(),
                  body));
      return refusal.isPresent()
          ? refusal.get().answer()
          : answer(request.getMethod(), sockets.find(id), body);
    } catch (RefusedCallException refused) {
      return refused
          .explanation()
          .map(message -> HttpAnswer.error(refused.status(), refused.errorType(), message))
          .orElseGet(() -> HttpAnswer.error(refused.status(), refused.errorType()));
    }
  }

  private static HttpAnswer answer(String method, OpenSocket socket, byte[] body)
      throws RefusedCallException {
    return switch (method) {
      case "POST" -> {
        OpenSockets.post(socket, body);
        yield HttpAnswer.empty(200);
      }
      case "GET" -> describe(socket);
      case "DELETE" -> {
        OpenSockets.delete(socket);
        yield HttpAnswer.empty(204);
      }
      default -> NO_SUCH_METHOD;
    };
  }

  private static HttpAnswer describe(OpenSocket socket) {
    ObjectNode description = Json.MAPPER.createObjectNode();
    description.put("connectedAt", iso(socket.client().connectedAt()));
    ObjectNode identity = description.putObject("identity");
    identity.put("sourceIp", socket.client().sourceIp());
    identity.put("userAgent", socket.client().userAgent().orElse(null));
    description.put("lastActiveAt", iso(socket.lastActiveAt()));
    return HttpAnswer.json(200, description);
  }

  private static String iso(long epochMilli) {
    return ISO_MILLIS.format(Instant.ofEpochMilli(epochMilli));
  }

  private static String decode(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return path;
    }
  }
}
