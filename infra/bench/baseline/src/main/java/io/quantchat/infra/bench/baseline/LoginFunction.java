package io.quantchat.infra.bench.baseline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** {@code POST /auth/login}. */
public final class LoginFunction
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  record LoginRequest(String email, String password) {}

  record LoginResponse(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      @JsonProperty("refresh_token") String refreshToken,
      @JsonProperty("user_id") String userId,
      @JsonProperty("email") String email,
      @JsonProperty("username") String username,
      @JsonProperty("full_name") String fullName) {}

  private final DynamoDbClient dynamoDb = DynamoDbClient.create();
  private final Tokens tokens = new Tokens(dynamoDb);
  private final ObjectMapper mapper = new ObjectMapper();
  private final SecureRandom random = new SecureRandom();

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    try {
      LoginRequest request = mapper.readValue(event.getBody(), LoginRequest.class);
      Map<String, AttributeValue> address =
          get(System.getenv("ACCOUNT_EMAILS_TABLE"), "email", request.email());
      Map<String, AttributeValue> account =
          get(System.getenv("ACCOUNTS_TABLE"), "user_id", address.get("user_id").s());
      Map<String, AttributeValue> credentials =
          get(System.getenv("CREDENTIALS_TABLE"), "user_id", address.get("user_id").s());
      if (!matches(request.password(), credentials.get("password_hash").s())) {
        return new APIGatewayProxyResponseEvent().withStatusCode(401);
      }
      String sessionId = UUID.randomUUID().toString();
      byte[] secret = new byte[32];
      random.nextBytes(secret);
      openSession(sessionId, account.get("user_id").s(), secret);
      LoginResponse response =
          new LoginResponse(
              tokens.issue(account.get("user_id").s(), sessionId),
              "bearer",
              Duration.ofMinutes(15).toSeconds(),
              sessionId + "." + Base64.getUrlEncoder().encodeToString(secret),
              account.get("user_id").s(),
              account.get("email").s(),
              account.get("username").s(),
              account.get("full_name").s());
      return new APIGatewayProxyResponseEvent()
          .withStatusCode(200)
          .withHeaders(Map.of("Content-Type", "application/json"))
          .withBody(mapper.writeValueAsString(response));
    } catch (JsonProcessingException malformed) {
      return new APIGatewayProxyResponseEvent().withStatusCode(400);
    }
  }

  private Map<String, AttributeValue> get(String table, String key, String value) {
    return dynamoDb
        .getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(Map.of(key, AttributeValue.fromS(value)))
                .build())
        .item();
  }

  private void openSession(String sessionId, String userId, byte[] secret) {
    Instant goodUntil = Instant.now().plus(Duration.ofDays(30));
    dynamoDb.putItem(
        PutItemRequest.builder()
            .tableName(System.getenv("SESSIONS_TABLE"))
            .item(
                Map.of(
                    "session_id", AttributeValue.fromS(sessionId),
                    "user_id", AttributeValue.fromS(userId),
                    "token_hash", AttributeValue.fromB(SdkBytes.fromByteArray(sha256(secret))),
                    "good_until", AttributeValue.fromN(Long.toString(goodUntil.toEpochMilli())),
                    "expires_at", AttributeValue.fromN(Long.toString(goodUntil.getEpochSecond()))))
            .build());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  /**
   * @param phc {@code $argon2id$v=19$m=19456,t=2,p=1$salt$tag}
   */
  private static boolean matches(String password, String phc) {
    String[] parts = phc.split("\\$", -1);
    String[] costs = parts[3].split("[=,]", -1);
    byte[] expected = Base64.getDecoder().decode(parts[5]);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(Integer.parseInt(costs[1]))
            .withIterations(Integer.parseInt(costs[3]))
            .withParallelism(Integer.parseInt(costs[5]))
            .withSalt(Base64.getDecoder().decode(parts[4]))
            .build());
    byte[] tag = new byte[expected.length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
    return MessageDigest.isEqual(expected, tag);
  }
}
