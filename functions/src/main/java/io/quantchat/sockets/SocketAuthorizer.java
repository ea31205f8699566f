package io.quantchat.sockets;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.auth.LiveSessionStore;
import io.quantchat.auth.SocketTickets;
import io.quantchat.host.FailureTrace;
import io.quantchat.host.Host;
import io.quantchat.host.Metrics;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.Rehearsal;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.Caller;
import io.quantchat.tokens.RefusedTokenException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Decides at the handshake whether a socket may open: with {@code ?ticket=}, or else with {@code
 * ?token=}. A ticket is tried first, because it is of no more use to who finds it in a log. Neither
 * opens a socket once the session has ended that it was issued in.
 *
 * <p>The account goes into the socket's context as {@code principalId}, and from there into each of
 * its events.
 */
public final class SocketAuthorizer implements RequestStreamHandler {

  /**
   * Neither a good token nor a good ticket. The gateway turns an authorizer's failure into a 401 if
   * its message is exactly this word, and into a 500 otherwise (API Gateway Developer Guide).
   */
  static final class UnauthorizedException extends RuntimeException {
    UnauthorizedException() {
      super("Unauthorized", null, false, false);
    }
  }

  private final AccessTokenVerifier tokens;
  private final SocketTickets tickets;
  private final LiveSessionStore sessions;
  private final Metrics metrics;

  /** Called by Lambda. */
  public SocketAuthorizer() {
    this(Rehearsal.onLambda(SocketAuthorizer::new, SocketAuthorizerRehearsal::play));
  }

  /** The function on this host. */
  public SocketAuthorizer(Host host) {
    this(host, Metrics.of(host));
  }

  /** The same with other metrics. */
  SocketAuthorizer(Host host, Metrics metrics) {
    this.tokens = AccessTokenVerifier.of(host);
    this.tickets = SocketTickets.of(host);
    this.sessions = LiveSessionStore.of(host);
    this.metrics = metrics;
  }

  /** To Lambda a refusal is an error like any other, so what failed otherwise is counted here. */
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    JsonNode event = Json.MAPPER.readTree(in);
    Caller caller = identified(event.path("queryStringParameters"));
    Json.MAPPER.writeValue(out, allow(caller, event.required("methodArn").textValue()));
  }

  private Caller identified(JsonNode query) {
    Optional<Caller> caller;
    try {
      caller = identify(query);
    } catch (RuntimeException failure) {
      metrics.count(Metrics.Metric.FAILURES, 1);
      // Lambda logs the message of what is thrown, which may hold what was asked for.
      throw FailureTrace.withoutMessage(failure);
    }
    return caller.orElseThrow(UnauthorizedException::new);
  }

  private Optional<Caller> identify(JsonNode query) {
    String ticket = query.path("ticket").asText();
    return ticket.isEmpty()
        ? verify(query.path("token").asText()).filter(sessions::isLive)
        : tickets.redeem(ticket);
  }

  private Optional<Caller> verify(String token) {
    try {
      return Optional.of(tokens.verify(token));
    } catch (RefusedTokenException refused) {
      return Optional.empty();
    }
  }

  /** An IAM policy for this one route of this one stage. */
  private static ObjectNode allow(Caller caller, String methodArn) {
    ObjectNode answer = Json.object().put("principalId", caller.userId());
    ObjectNode policy = answer.putObject("policyDocument").put("Version", "2012-10-17");
    policy
        .putArray("Statement")
        .addObject()
        .put("Effect", "Allow")
        .put("Action", "execute-api:Invoke")
        .put("Resource", methodArn);
    answer
        .putObject("context")
        .put("user_id", caller.userId())
        .put("session_id", caller.sessionId());
    return answer;
  }
}
