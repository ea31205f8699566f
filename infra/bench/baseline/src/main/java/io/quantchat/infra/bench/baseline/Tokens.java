package io.quantchat.infra.bench.baseline;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Access tokens: checked with the public keys of one table, signed with a private key of another.
 */
final class Tokens {

  private final DynamoDbClient dynamoDb;

  Tokens(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  /**
   * Whose token this is.
   *
   * @throws com.auth0.jwt.exceptions.JWTVerificationException if it isn't good
   */
  String verify(String token) {
    String keyId = JWT.decode(token).getKeyId();
    Map<String, AttributeValue> row =
        keys(System.getenv("TOKEN_KEYS_TABLE")).stream()
            .filter(key -> key.get("key_id").s().equals(keyId))
            .findFirst()
            .orElseThrow();
    return JWT.require(Algorithm.ECDSA256(publicKey(row), null))
        .withIssuer(System.getenv("TOKEN_ISSUER"))
        .withAudience(System.getenv("TOKEN_AUDIENCE"))
        .build()
        .verify(token)
        .getSubject();
  }

  /** A token of this account, good for a quarter of an hour. */
  String issue(String userId, String sessionId) {
    Map<String, AttributeValue> row = keys(System.getenv("SIGNING_KEYS_TABLE")).getFirst();
    Instant now = Instant.now();
    return JWT.create()
        .withKeyId(row.get("key_id").s())
        .withIssuer(System.getenv("TOKEN_ISSUER"))
        .withAudience(System.getenv("TOKEN_AUDIENCE"))
        .withSubject(userId)
        .withClaim("sid", sessionId)
        .withIssuedAt(now)
        .withExpiresAt(now.plus(Duration.ofMinutes(15)))
        .withJWTId(UUID.randomUUID().toString())
        .sign(Algorithm.ECDSA256(null, privateKey(row)));
  }

  private List<Map<String, AttributeValue>> keys(String table) {
    return dynamoDb
        .query(
            QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("purpose = :purpose")
                .expressionAttributeValues(Map.of(":purpose", AttributeValue.fromS("access-token")))
                .build())
        .items();
  }

  private static ECPublicKey publicKey(Map<String, AttributeValue> row) {
    try {
      byte[] encoded = row.get("public_key").b().asByteArray();
      return (ECPublicKey)
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException malformed) {
      throw new IllegalStateException("A public key is malformed", malformed);
    }
  }

  private static ECPrivateKey privateKey(Map<String, AttributeValue> row) {
    try {
      byte[] encoded = row.get("private_key").b().asByteArray();
      return (ECPrivateKey)
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException malformed) {
      throw new IllegalStateException("A private key is malformed", malformed);
    }
  }
}
