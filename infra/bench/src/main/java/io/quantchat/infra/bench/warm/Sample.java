package io.quantchat.infra.bench.warm;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Ids;
import io.quantchat.host.Item;
import io.quantchat.http.Json;
import io.quantchat.relay.Envelope;
import io.quantchat.relay.Message;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.TokenKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One sender, one recipient, and a message of 1 kB from one to the other, in every form. */
final class Sample {

  private static final String ISSUER = "quantchat-bench";
  private static final String AUDIENCE = "quantchat";
  private static final int CONTENT_BYTES = 768;

  private final Random random = new Random(1);
  private final KeyPair keys = newKeys();
  private final String keyId = Ids.random(random);
  private final ObjectNode envelope = envelopeJson();

  final String senderId = Ids.random(random);
  final String recipientId = Ids.random(random);

  /** The variables of a function, on tables of these names. */
  static Environment environment(Map<Variable, String> tables) {
    var variables = new HashMap<String, String>();
    tables.forEach((variable, table) -> variables.put(variable.name(), table));
    variables.put(Variable.TOKEN_ISSUER.name(), ISSUER);
    variables.put(Variable.TOKEN_AUDIENCE.name(), AUDIENCE);
    variables.put(Variable.ALLOWED_ORIGIN.name(), "*");
    variables.put(Variable.AWS_LAMBDA_FUNCTION_NAME.name(), ISSUER);
    variables.put(Variable.AWS_LAMBDA_FUNCTION_VERSION.name(), "1");
    variables.put(Variable.LIMITS.name(), "off");
    return new Environment(variables);
  }

  /** The row of the key that checks this sample's tokens. */
  Map<String, AttributeValue> keyRow() {
    return TokenKeys.rowOf(keyId, keys.getPublic());
  }

  /** The row by which the recipient has the sender as a contact. */
  Map<String, AttributeValue> contactRow() {
    return Map.of("user_id", Item.of(recipientId), "contact_id", Item.of(senderId));
  }

  /** The sender's access token, good for a day. */
  String token() {
    return JWT.create()
        .withKeyId(keyId)
        .withIssuer(ISSUER)
        .withAudience(AUDIENCE)
        .withSubject(senderId)
        .withClaim(AccessTokenVerifier.SESSION_CLAIM, Ids.random(random))
        .withIssuedAt(Instant.now())
        .withExpiresAt(Instant.now().plus(Duration.ofDays(1)))
        .sign(Algorithm.ECDSA256(null, (ECPrivateKey) keys.getPrivate()));
  }

  /** A send as the REST API hands it to the function. */
  byte[] sendEvent() {
    ObjectNode body = envelope.deepCopy().put("recipient_id", recipientId);
    ObjectNode event =
        Json.object()
            .put("resource", "/relay/send")
            .put("path", "/relay/send")
            .put("httpMethod", "POST");
    ObjectNode headers = event.putObject("headers");
    headers
        .put("Accept", "*/*")
        .put("Accept-Encoding", "gzip, deflate, br")
        .put("Authorization", "Bearer " + token())
        .put("Content-Type", "application/json")
        .put("Host", "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com")
        .put("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101")
        .put("X-Amzn-Trace-Id", "Root=1-69801100-0123456789abcdef01234567")
        .put("X-Forwarded-For", "203.0.113.9")
        .put("X-Forwarded-Port", "443")
        .put("X-Forwarded-Proto", "https");
    ObjectNode multiple = event.putObject("multiValueHeaders");
    headers
        .properties()
        .forEach(header -> multiple.putArray(header.getKey()).add(header.getValue()));
    event.putNull("queryStringParameters").putNull("pathParameters").putNull("stageVariables");
    event
        .putObject("requestContext")
        .put("resourcePath", "/relay/send")
        .put("stage", "live")
        .put("requestId", Ids.random(random))
        .put("apiId", "a1b2c3d4e5")
        .putObject("identity")
        .put("sourceIp", "203.0.113.9");
    return event
        .put("body", body.toString())
        .put("isBase64Encoded", false)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What the sender puts in, as JSON. */
  ObjectNode envelope() {
    return envelope;
  }

  /** The message as the relay holds it. */
  Message message() {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    return new Message(
        Ids.timeOrdered(now, random),
        senderId,
        recipientId,
        new Envelope(
            envelope.get("encrypted_content").textValue(),
            envelope.get("encrypted_session_key"),
            Envelope.DEFAULT_CRYPTO_VERSION,
            Envelope.DEFAULT_ENCRYPTION_ALGORITHM,
            Envelope.DEFAULT_KDF_ALGORITHM,
            envelope.get("signatures"),
            false,
            NullNode.instance),
        now,
        now.plus(Message.RETENTION),
        0,
        random.nextInt(Integer.MAX_VALUE),
        false);
  }

  private ObjectNode envelopeJson() {
    ObjectNode json = Json.object().put("encrypted_content", base64(CONTENT_BYTES));
    json.putObject("encrypted_session_key")
        .put("ecdh", base64(65))
        .put("wrap", base64(48))
        .put("spk", "spk-2026-01-30")
        .put("opk", "c29tZS1vcGs");
    json.putArray("signatures")
        .addObject()
        .put("algorithm", "ECDSA-P256-SHA256")
        .put("signature", base64(64))
        .put("key_id", "ecdsa-key-123")
        .put("timestamp", "2026-02-02T10:00:00Z");
    return json;
  }

  private String base64(int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return Base64.getEncoder().encodeToString(content);
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every JDK has P-256", missing);
    }
  }
}
