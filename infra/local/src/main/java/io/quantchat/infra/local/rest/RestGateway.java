package io.quantchat.infra.local.rest;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.Quotas;
import io.quantchat.infra.local.gateway.RequestIds;
import io.quantchat.infra.local.gateway.Route;
import io.quantchat.infra.local.gateway.SourceIp;
import io.quantchat.infra.local.lambda.Functions;
import io.quantchat.infra.stack.RestApiSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A REST API of API Gateway, mapped to a base path. Requests for other paths are left to other
 * handlers.
 *
 * <p>It blocks while a function works, so it belongs on virtual threads. The server must hand over
 * paths and header names as they were sent, and let pass what is beyond the quotas here.
 */
public final class RestGateway extends Handler.Abstract {

  /** The only answer that no gateway response shapes and that carries no ids. */
  private static final HttpAnswer BODY_TOO_LARGE =
      new HttpAnswer(
          413,
          List.of(
              new HeaderLine("Content-Type", "text; charset=utf-8"),
              new HeaderLine("Connection", "close")),
          utf8("HTTP content length exceeded %d bytes.".formatted(Quotas.REST_BODY)));

  private final RestApiSpec api;
  private final String mount;
  private final Clock clock;
  private final RandomGenerator random;
  private final Resources resources;
  private final MediaTypes mediaTypes;
  private final GatewayResponses gatewayResponses;
  private final Integration integration;

  /**
   * @param mount the base path, such as {@code /api/v1}
   * @param random where request and trace ids come from; used by many threads at once
   * @param log is told, in one line, why a function's answer couldn't be used
   * @throws IllegalArgumentException if the API asks for what isn't known here
   */
  public RestGateway(
      RestApiSpec api,
      String mount,
      Functions functions,
      Clock clock,
      RandomGenerator random,
      Consumer<String> log) {
    this.api = api;
    this.mount = mount;
    this.clock = clock;
    this.random = random;
    this.resources = new Resources(api);
    this.mediaTypes = new MediaTypes(api.binaryMediaTypes());
    this.gatewayResponses = new GatewayResponses(api);
    this.integration = new Integration(functions, gatewayResponses, mediaTypes, log);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    Optional<MappedPath> path = MappedPath.of(mount, request.getHttpURI().getPath());
    if (path.isEmpty()) {
      return false;
    }
    HttpAnswer answer =
        RequestBody.read(request)
            .map(body -> answer(request, path.get(), body))
            .orElse(BODY_TOO_LARGE);
    answer.write(response, callback);
    return true;
  }

  private HttpAnswer answer(Request request, MappedPath path, byte[] body) {
    Instant received = clock.instant();
    RequestIds ids = RequestIds.draw(random, received);
    HttpFields headers = request.getHeaders();
    if (request.getHttpURI().getPathQuery().length() > Quotas.REST_URL) {
      return gatewayResponses.answer(GatewayError.URL_TOO_LONG, ids);
    }
    if (RequestHeaders.size(headers) > Quotas.REST_HEADERS) {
      return gatewayResponses.answer(GatewayError.HEADERS_TOO_LARGE, ids);
    }
    String method =
        Optional.ofNullable(headers.get("X-HTTP-Method-Override")).orElse(request.getMethod());
    Optional<Resources.Match> match = resources.match(method, path.route());
    if (match.isEmpty()) {
      return unknownRoute(headers, ids);
    }
    return switch (match.get().target()) {
      case Target.ToPreflight(HttpAnswer answer) -> answer.identified(ids);
      case Target.ToFunction(String functionId, String resource) -> {
        Route.note(request, resource);
        Trace trace = Trace.of(Optional.ofNullable(headers.get(Trace.HEADER)), ids);
        String sourceIp = SourceIp.of(request);
        ProxyEvent event =
            new ProxyEvent(
                api.stage(),
                api.logicalId().toLowerCase(Locale.ROOT),
                resource,
                method,
                path.path(),
                path.contextPath(),
                RequestHeaders.forEvent(headers, sourceIp, trace),
                Query.parse(request.getHttpURI().getQuery()),
                match.get().parameters(),
                Request.getServerName(request),
                sourceIp,
                body,
                mediaTypes.isBinaryRequest(Optional.ofNullable(headers.get("Content-Type"))),
                ids,
                received);
        yield integration.call(
            functionId, event, Optional.ofNullable(headers.get(HttpHeader.ACCEPT)), trace);
      }
    };
  }

  /**
   * The gateway takes an {@code Authorization} on an unknown route for a signature of AWS's own,
   * and no gateway response shapes what it says then. The wording is that for values without an
   * equal sign; those for others were not recorded.
   */
  private HttpAnswer unknownRoute(HttpFields headers, RequestIds ids) {
    String authorization = headers.get(HttpHeader.AUTHORIZATION);
    if (authorization == null || authorization.isBlank()) {
      return gatewayResponses.answer(GatewayError.UNKNOWN_ROUTE, ids);
    }
    String body =
        "{\"message\":\"Invalid key=value pair (missing equal-sign) in Authorization header"
            + " (hashed with SHA-256 and encoded with Base64): '%s'.\"}"
                .formatted(sha256(authorization));
    return new HttpAnswer(
            403,
            List.of(
                HttpAnswer.errorLine("IncompleteSignatureException"),
                new HeaderLine("Content-Type", "application/json")),
            utf8(body))
        .identified(ids);
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8(text));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
