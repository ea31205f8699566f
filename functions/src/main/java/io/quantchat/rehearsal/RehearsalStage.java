package io.quantchat.rehearsal;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Ids;
import io.quantchat.host.Item;
import io.quantchat.http.Json;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.TokenKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Where a function is rehearsed: tables that nothing is written to, people who don't exist, and a
 * key for their tokens that is known on this stage alone and gone with it.
 */
public final class RehearsalStage {

  /** The gateway's own are 16 characters long and end in {@code =}. */
  private static final int CONNECTION_ID_BYTES = 11;

  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);

  private final Environment environment;
  private final RehearsalTables tables;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final KeyPair signingKey;
  private final String keyId;

  /** A new stage. */
  public RehearsalStage(Environment environment, DynamoDbClient dynamoDb, Clock clock)
      throws GeneralSecurityException {
    this.environment = environment.with(Variable.AWS_LAMBDA_FUNCTION_NAME, "rehearsal");
    this.tables = new RehearsalTables(dynamoDb);
    this.clock = clock;
    this.keyId = newId();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    this.signingKey = generator.generateKeyPair();
    props()
        .putItem(
            put ->
                put.tableName(environment.get(Variable.TOKEN_KEYS_TABLE))
                    .item(
                        Map.of(
                            TokenKeys.PURPOSE_ATTRIBUTE, Item.of(TokenKeys.PURPOSE),
                            TokenKeys.KEY_ID_ATTRIBUTE, Item.of(keyId),
                            TokenKeys.PUBLIC_KEY_ATTRIBUTE,
                                Item.of(signingKey.getPublic().getEncoded()))));
  }

  /** The function's environment under another name: what fails here counts for no alarm. */
  public Environment environment() {
    return environment;
  }

  /** The tables, for the function that is rehearsed. Requests go out; nothing is written. */
  public DynamoDbClient tables() {
    return tables;
  }

  /** The tables, for setting the stage: what is put is found on it. No request goes out. */
  public DynamoDbClient props() {
    return tables.props();
  }

  /** The way to sockets, for the function that is rehearsed. */
  public ApiGatewayManagementApiClient sockets(ApiGatewayManagementApiClient real) {
    return new RehearsalSockets(real);
  }

  /** Randomness of the stage's own: no function's generator is used before its snapshot. */
  public SecureRandom random() {
    return random;
  }

  /** An id that nobody has. */
  public String newId() {
    return Ids.random(random);
  }

  /** A connection's id as the gateway makes them, of a connection that isn't there. */
  public String newConnectionId() {
    var bytes = new byte[CONNECTION_ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** An access token that is good on this stage. */
  public String tokenOf(String userId) {
    Instant now = clock.instant();
    return JWT.create()
        .withKeyId(keyId)
        .withIssuer(environment.get(Variable.TOKEN_ISSUER))
        .withAudience(environment.get(Variable.TOKEN_AUDIENCE))
        .withSubject(userId)
        .withClaim(AccessTokenVerifier.SESSION_CLAIM, newId())
        .withIssuedAt(now)
        .withExpiresAt(now.plus(TOKEN_LIFE))
        .sign(Algorithm.ECDSA256(null, (ECPrivateKey) signingKey.getPrivate()));
  }

  /** A proxy event; add path parameters and the like to it. */
  public ObjectNode request(String method, String resource, String accessToken, JsonNode body) {
    ObjectNode event = Json.object().put("httpMethod", method).put("resource", resource);
    event
        .putObject("headers")
        .put("Authorization", "Bearer " + accessToken)
        .put("Content-Type", "application/json");
    return event.put("body", body == null ? null : body.toString()).put("isBase64Encoded", false);
  }

  /**
   * Lets a function answer an event.
   *
   * @return its answer
   * @throws IllegalStateException if that is a refusal: the rehearsal went wrong
   */
  public JsonNode play(RequestStreamHandler function, JsonNode event) throws IOException {
    var out = new ByteArrayOutputStream();
    byte[] in = event.toString().getBytes(StandardCharsets.UTF_8);
    function.handleRequest(new ByteArrayInputStream(in), out, new RehearsalContext());
    JsonNode answer = Json.MAPPER.readTree(out.toByteArray());
    if (answer.path("statusCode").asInt(200) >= 400) {
      throw new IllegalStateException(
          event.path("resource").asText() + " was refused: " + answer.path("body").asText());
    }
    return answer;
  }
}
