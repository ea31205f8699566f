package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code @connections}: POST sends to a socket, GET describes it, DELETE closes it. Every request
 * must be signed. Never blocks: a post only puts its message into the socket's buffer, so a slow
 * client holds up neither the poster nor anyone else.
 */
final class CallbackApi extends Handler.Abstract.NonBlocking {

  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final HttpAnswer GONE = HttpAnswer.error(410, "GoneException");
  private static final HttpAnswer NO_SUCH_METHOD =
      HttpAnswer.error(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  private static final HttpAnswer BUFFER_FULL =
      HttpAnswer.error(
          429, "LimitExceededException", "The client reads too slowly: its buffer is full");

  private final String prefix;
  private final SigV4 signatures;
  private final SocketLimits limits;
  private final Function<String, Optional<OpenSocket>> sockets;
  private final HttpAnswer tooLarge;

  /**
   * @param basePath what stands before {@code /@connections}, such as {@code /live}
   * @param sockets finds an open socket by its id
   */
  CallbackApi(
      String basePath,
      SigV4 signatures,
      SocketLimits limits,
      Function<String, Optional<OpenSocket>> sockets) {
    this.prefix = basePath + "/@connections/";
    this.signatures = signatures;
    this.limits = limits;
    this.sockets = sockets;
    this.tooLarge =
        HttpAnswer.error(
            413,
            "PayloadTooLargeException",
            "A message may have " + limits.messageBytes() + " bytes");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = decode(request.getHttpURI().getPath());
    if (!path.startsWith(prefix)) {
      return false;
    }
    String id = path.substring(prefix.length());
    BoundedBody.read(
        request,
        limits.messageBytes(),
        body -> {
          HttpAnswer answer = body.map(b -> answer(request, id, b)).orElse(tooLarge);
          answer.write(response, callback);
        },
        callback::failed);
    return true;
  }

  private HttpAnswer answer(Request request, String id, byte[] body) {
    Optional<SigV4.Refusal> refusal =
        signatures.refusal(
            new SignedRequest(
                request.getMethod(),
                request.getHttpURI().getPath(),
                request.getHttpURI().getQuery(),
                request.getHeaders(),
                body));
    if (refusal.isPresent()) {
      return refusal.get().answer();
    }
    if (!SocketIds.isWellFormed(id)) {
      return HttpAnswer.error(400, "BadRequestException", "Invalid connectionId: " + id);
    }
    return sockets
        .apply(id)
        .map(
            socket ->
                switch (request.getMethod()) {
                  case "POST" -> post(socket, body);
                  case "GET" -> describe(socket);
                  case "DELETE" -> delete(socket);
                  default -> NO_SUCH_METHOD;
                })
        .orElse(GONE);
  }

  /** Text frames must be UTF-8: what is not becomes U+FFFD. */
  private static HttpAnswer post(OpenSocket socket, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    boolean perhapsReplaced = text.indexOf('\uFFFD') >= 0;
    byte[] utf8 = perhapsReplaced ? text.getBytes(StandardCharsets.UTF_8) : body;
    return switch (socket.send(utf8)) {
      case ACCEPTED -> HttpAnswer.empty(200);
      case BUFFER_FULL -> BUFFER_FULL;
      case GONE -> GONE;
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

  private static HttpAnswer delete(OpenSocket socket) {
    socket.close(CloseReason.DELETED);
    return HttpAnswer.empty(204);
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
