package io.quantchat.auth;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.accounts.AccountStore;
import io.quantchat.host.AwsClients;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Metrics;
import io.quantchat.host.Snapshots;
import io.quantchat.http.Json;
import io.quantchat.http.RestRoutes;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.TokenKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Accounts, sessions and tokens.
 *
 * <p>Invoked by an operator with {@code {"roll_signing_key": true}} (not through the REST API), it
 * makes a new key that signs from then on, and answers {@code {"key_id": ...}}.
 */
public final class AuthHandler implements RequestStreamHandler {

  private static final String ROLL_SIGNING_KEY = "roll_signing_key";

  private final RestRoutes routes;
  private final SigningKeys signingKeys;

  /** The function as Lambda builds it. */
  public AuthHandler() {
    this(Environment.ofProcess(), Clock.systemUTC(), new SecureRandom());
  }

  private AuthHandler(Environment environment, Clock clock, SecureRandom random) {
    var dynamoDb = AwsClients.dynamoDb(environment);
    var argon2 = BoundedArgon2.ofProcess();
    Snapshots.prepare(
        environment, random, () -> AuthRehearsal.play(environment, dynamoDb, argon2, clock));
    this(environment, dynamoDb, argon2, Argon2.Cost.STANDARD, clock, random);
  }

  /** The function on these. */
  AuthHandler(
      Environment environment,
      DynamoDbClient dynamoDb,
      Argon2 argon2,
      Argon2.Cost passwordCost,
      Clock clock,
      SecureRandom random) {
    String issuer = environment.get(Variable.TOKEN_ISSUER);
    String audience = environment.get(Variable.TOKEN_AUDIENCE);
    String tokenKeysTable = environment.get(Variable.TOKEN_KEYS_TABLE);
    String sessionsTable = environment.get(Variable.SESSIONS_TABLE);
    Duration tokenLife = Duration.ofMinutes(environment.getInt(Variable.ACCESS_TOKEN_MINUTES));
    Duration sessionLife = Duration.ofDays(environment.getInt(Variable.REFRESH_TOKEN_DAYS));

    this.signingKeys =
        new SigningKeys(
            new SigningKeyStore(
                dynamoDb, environment.get(Variable.SIGNING_KEYS_TABLE), tokenKeysTable, tokenLife),
            clock,
            random);
    var accountStore =
        new AccountStore(
            dynamoDb,
            environment.get(Variable.ACCOUNTS_TABLE),
            environment.get(Variable.ACCOUNT_EMAILS_TABLE));
    var sessions =
        new Sessions(
            new SessionStore(dynamoDb, sessionsTable, sessionLife, clock),
            accountStore,
            new AccessTokens(signingKeys, issuer, audience, tokenLife, clock, random),
            random);
    var accounts =
        new Accounts(accountStore, new Passwords(argon2, passwordCost, random), clock, random);
    var verifier =
        new AccessTokenVerifier(
            new TokenKeys(dynamoDb, tokenKeysTable, clock), issuer, audience, clock);
    this.routes =
        new RestRoutes(
            verifier, environment.get(Variable.ALLOWED_ORIGIN), Metrics.of(environment, clock));
    new SessionRoutes(
            accounts, sessions, new SocketTickets(dynamoDb, sessionsTable, clock, random), clock)
        .addTo(routes);
    new ProfileRoutes(accountStore).addTo(routes);
    // A snapshot holds no private key: who wakes from one fetches it.
    if (!environment.takesSnapshots()) {
      signingKeys.prime();
    }
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    JsonNode event = Json.MAPPER.readTree(in);
    if (asksToRoll(event)) {
      Json.MAPPER.writeValue(out, Json.object().put("key_id", signingKeys.roll().keyId()));
    } else {
      routes.handle(event, out, context);
    }
  }

  /** Whatever comes through the REST API has a method and a resource, which no caller can omit. */
  private static boolean asksToRoll(JsonNode event) {
    return event.path(ROLL_SIGNING_KEY).isBoolean()
        && event.path(ROLL_SIGNING_KEY).booleanValue()
        && !event.has("httpMethod")
        && !event.has("resource")
        && !event.has("requestContext");
  }
}
