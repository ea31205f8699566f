package io.quantchat.tokens;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The public keys that access tokens are checked with, by key id. Several are good at once, so that
 * a key can be rolled without logging anyone out.
 *
 * <p>Kept in memory for some minutes; a token that names an unknown key makes it look again, at
 * most once a second.
 */
public final class TokenKeys {

  /** Partition key under which all keys that sign access tokens lie. */
  public static final String PURPOSE = "access-token";

  public static final String PURPOSE_ATTRIBUTE = "purpose";
  public static final String KEY_ID_ATTRIBUTE = "key_id";

  /** X.509 SubjectPublicKeyInfo of a P-256 key. */
  private static final String PUBLIC_KEY_ATTRIBUTE = "public_key";

  /** Epoch seconds after which the key is no longer good; absent while it signs. */
  public static final String EXPIRES_AT_ATTRIBUTE = "expires_at";

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private record Key(ECPublicKey publicKey, Instant expiresAt) {}

  private record Seen(Map<String, Key> keys, Instant seenAt) {}

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;
  private volatile Seen lastSeen = new Seen(Map.of(), Instant.EPOCH);

  /** The keys in a host's table. */
  static TokenKeys of(Host host) {
    return new TokenKeys(host.dynamoDb(), host.get(Variable.TOKEN_KEYS_TABLE), host.clock());
  }

  private TokenKeys(DynamoDbClient dynamoDb, String table, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.clock = clock;
  }

  /** The key of this id, if there is one and it is still good. */
  Optional<ECPublicKey> find(String keyId) {
    Instant now = clock.instant();
    Seen seen = lastSeen;
    Key key = seen.keys().get(keyId);
    Duration patience = key == null ? BETWEEN_LOOKS : KEPT;
    if (!now.isBefore(seen.seenAt().plus(patience))) {
      seen = look(seen, now);
      key = seen.keys().get(keyId);
    }
    return Optional.ofNullable(key)
        .filter(found -> found.expiresAt().isAfter(now))
        .map(Key::publicKey);
  }

  /** The row of a key that is good until it is said to expire. */
  public static Map<String, AttributeValue> rowOf(String keyId, PublicKey key) {
    return Map.of(
        PURPOSE_ATTRIBUTE, Item.of(PURPOSE),
        KEY_ID_ATTRIBUTE, Item.of(keyId),
        PUBLIC_KEY_ATTRIBUTE, Item.of(key.getEncoded()));
  }

  private synchronized Seen look(Seen seen, Instant now) {
    if (lastSeen.seenAt().isAfter(seen.seenAt())) {
      return lastSeen; // Another thread looked while this one waited.
    }
    var keys = new HashMap<String, Key>();
    for (Map<String, AttributeValue> item :
        dynamoDb
            .query(
                QueryRequest.builder()
                    .tableName(table)
                    .keyConditionExpression(PURPOSE_ATTRIBUTE + " = :purpose")
                    .expressionAttributeValues(Map.of(":purpose", Item.of(PURPOSE)))
                    .consistentRead(true)
                    .build())
            .items()) {
      AttributeValue expiresAt = item.get(EXPIRES_AT_ATTRIBUTE);
      keys.put(
          item.get(KEY_ID_ATTRIBUTE).s(),
          new Key(
              decode(item.get(PUBLIC_KEY_ATTRIBUTE).b().asByteArray()),
              expiresAt == null
                  ? Instant.MAX
                  : Instant.ofEpochSecond(Long.parseLong(expiresAt.n()))));
    }
    lastSeen = new Seen(Map.copyOf(keys), now);
    return lastSeen;
  }

  private static ECPublicKey decode(byte[] encoded) {
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException malformed) {
      throw new IllegalStateException("A key in the table of token keys is malformed", malformed);
    }
  }
}
