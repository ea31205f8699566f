package io.quantchat.sockets;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.auth.SocketTickets;
import io.quantchat.host.AwsClients;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Metrics;
import io.quantchat.host.Snapshots;
import io.quantchat.http.Json;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.Caller;
import io.quantchat.tokens.RefusedTokenException;
import io.quantchat.tokens.TokenKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Decides at the handshake whether a socket may open: with {@code ?ticket=}, or else with {@code
 * ?token=}. A ticket is tried first, because it is of no more use to who finds it in a log.
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
  private final Metrics metrics;

  /** What Lambda calls. */
  public SocketAuthorizer() {
    this(Environment.ofProcess(), Clock.systemUTC(), new SecureRandom());
  }

  private SocketAuthorizer(Environment environment, Clock clock, SecureRandom random) {
    var dynamoDb = AwsClients.dynamoDb(environment);
    Snapshots.prepare(
        environment, random, () -> AuthorizerRehearsal.play(environment, dynamoDb, clock));
    this(environment, dynamoDb, clock, random);
  }

  /** An authorizer with this client, this clock and this source of randomness. */
  public SocketAuthorizer(
      Environment environment, DynamoDbClient dynamoDb, Clock clock, SecureRandom random) {
    this(environment, dynamoDb, clock, random, Metrics.of(environment, clock));
  }

  SocketAuthorizer(
      Environment environment,
      DynamoDbClient dynamoDb,
      Clock clock,
      SecureRandom random,
      Metrics metrics) {
    this.tokens =
        new AccessTokenVerifier(
            new TokenKeys(dynamoDb, environment.get(Variable.TOKEN_KEYS_TABLE), clock),
            environment.get(Variable.TOKEN_ISSUER),
            environment.get(Variable.TOKEN_AUDIENCE),
            clock);
    this.tickets =
        new SocketTickets(dynamoDb, environment.get(Variable.SESSIONS_TABLE), clock, random);
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
      throw failure;
    }
    return caller.orElseThrow(UnauthorizedException::new);
  }

  private Optional<Caller> identify(JsonNode query) {
    String ticket = query.path("ticket").asText();
    return ticket.isEmpty() ? verify(query.path("token").asText()) : tickets.redeem(ticket);
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
