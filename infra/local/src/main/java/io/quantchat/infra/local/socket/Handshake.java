package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.MalformedAnswer;
import io.quantchat.infra.local.gateway.ProxyAnswer;
import io.quantchat.infra.local.lambda.Functions;
import io.quantchat.infra.local.lambda.Invocation;
import io.quantchat.infra.stack.SocketApiSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides a handshake, in AWS's order: identity sources, authorizer, {@code $connect}. Only this
 * asks who the client is; nothing is asked again per message.
 */
final class Handshake {

  /** How it ended. */
  sealed interface Outcome {}

  /**
   * @param client with the authorizer's context
   * @param subprotocol what {@code $connect} chose, if the client offered it
   */
  record Accepted(Client client, Optional<String> subprotocol) implements Outcome {}

  /** The status to refuse with. */
  record Refused(HttpAnswer answer) implements Outcome {}

  private static final HttpAnswer UNAUTHORIZED =
      HttpAnswer.error(401, "UnauthorizedException", "Unauthorized");
  private static final HttpAnswer FORBIDDEN =
      HttpAnswer.error(403, "ForbiddenException", "Forbidden");
  private static final HttpAnswer AUTHORIZER_BROKEN =
      HttpAnswer.error(500, "AuthorizerConfigurationException", "Internal server error");
  private static final HttpAnswer BAD_GATEWAY =
      HttpAnswer.error(502, "InternalServerErrorException", "Internal server error");
  private static final HttpAnswer TIMED_OUT =
      HttpAnswer.error(504, "InternalServerErrorException", "Endpoint request timed out");

  private final Optional<SocketApiSpec.Authorizer> authorizer;
  private final List<IdentitySource> identitySources;
  private final Optional<SocketApiSpec.Route> connect;
  private final Functions functions;
  private final SocketEvents events;
  private final SocketIds ids;
  private final String methodArn;
  private final SocketLimits limits;

  Handshake(
      SocketApiSpec api,
      Functions functions,
      SocketEvents events,
      SocketIds ids,
      String methodArn,
      SocketLimits limits) {
    this.authorizer = api.authorizer();
    this.identitySources =
        authorizer.map(SocketApiSpec.Authorizer::identitySources).orElse(List.of()).stream()
            .map(IdentitySource::parse)
            .toList();
    this.connect = Optional.ofNullable(api.routes().get("$connect"));
    this.functions = functions;
    this.events = events;
    this.ids = ids;
    this.methodArn = methodArn;
    this.limits = limits;
  }

  /** Runs the functions and waits for them. */
  Outcome decide(Client client, UpgradeRequest request) {
    String requestId = ids.next();
    if (authorizer.isEmpty()) {
      return connect(client, request, requestId, 0);
    }
    if (!identitySources.stream().allMatch(request::has)) {
      return new Refused(UNAUTHORIZED);
    }
    long start = System.nanoTime();
    Invocation answer =
        functions.invoke(
            authorizer.get().functionId(),
            events.authorizer(client, request, requestId),
            limits.integrationTimeout());
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (answer instanceof Invocation.Failed failed
        && "Unauthorized".equals(failed.errorMessage())) {
      return new Refused(UNAUTHORIZED);
    }
    if (!(answer instanceof Invocation.Answered(byte[] payload))
        || payload.length > limits.authorizerAnswerBytes()) {
      return new Refused(AUTHORIZER_BROKEN);
    }
    return switch (Authorization.parse(payload, methodArn)) {
      case Authorization.Allowed(var context) ->
          connect(client.authorized(context), request, requestId, millis);
      case Authorization.Denied() -> new Refused(FORBIDDEN);
      case Authorization.Unusable() -> new Refused(AUTHORIZER_BROKEN);
    };
  }

  private Outcome connect(
      Client client, UpgradeRequest request, String requestId, long authorizerMillis) {
    if (connect.isEmpty()) {
      return new Accepted(client, Optional.empty());
    }
    byte[] event = events.connect(client, request, requestId, authorizerMillis);
    Invocation invocation =
        functions.invoke(
            connect.get().functionId(), event, limits.timeout(connect.get().timeout()));
    if (invocation instanceof Invocation.IntegrationTimedOut) {
      return new Refused(TIMED_OUT);
    }
    if (!(invocation instanceof Invocation.Answered(byte[] payload))) {
      return new Refused(BAD_GATEWAY);
    }
    try {
      ProxyAnswer answer = ProxyAnswer.read(payload);
      return answer.isSuccess()
          ? new Accepted(client, subprotocol(answer).filter(request.subprotocols()::contains))
          : new Refused(HttpAnswer.empty(answer.status()));
    } catch (MalformedAnswer _) {
      return new Refused(BAD_GATEWAY);
    }
  }

  /** The last that the function names, {@code headers} after {@code multiValueHeaders}. */
  private static Optional<String> subprotocol(ProxyAnswer answer) {
    return Stream.of(answer.multiValueHeaders(), answer.headers())
        .flatMap(ObjectNode::propertyStream)
        .filter(header -> header.getKey().equalsIgnoreCase(UpgradeRequest.SUBPROTOCOL))
        .map(Map.Entry::getValue)
        .map(value -> value.isArray() ? value.path(0) : value)
        .reduce((_, later) -> later)
        .map(JsonNode::textValue);
  }
}
