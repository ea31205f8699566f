package io.quantchat.auth;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import io.quantchat.host.Transaction;
import io.quantchat.tokens.TokenKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Both halves of the keys that sign access tokens: the private ones in a table that only the
 * function that signs can read, the public ones where {@link TokenKeys} finds them.
 */
final class SigningKeyStore {

  /** How much longer than any token it signed a replaced key's public half is kept. */
  static final Duration MARGIN = Duration.ofHours(1);

  private static final String PURPOSE = TokenKeys.PURPOSE_ATTRIBUTE;
  private static final String KEY_ID = TokenKeys.KEY_ID_ATTRIBUTE;

  /** PKCS#8. */
  private static final String PRIVATE_KEY = "private_key";

  /** Epoch milliseconds. */
  private static final String CREATED_AT = "created_at";

  /** DynamoDB takes 100 writes in a transaction, and each key that goes needs two. */
  private static final int MOST_REPLACED_AT_ONCE = 40;

  private final DynamoDbClient dynamoDb;
  private final String signingKeys;
  private final String tokenKeys;
  private final Duration tokenLife;

  /** Keys in a host's tables. */
  static SigningKeyStore of(Host host) {
    return new SigningKeyStore(
        host.dynamoDb(),
        host.get(Variable.SIGNING_KEYS_TABLE),
        host.get(Variable.TOKEN_KEYS_TABLE),
        AccessTokens.lifeOn(host));
  }

  private SigningKeyStore(
      DynamoDbClient dynamoDb, String signingKeys, String tokenKeys, Duration tokenLife) {
    this.dynamoDb = dynamoDb;
    this.signingKeys = signingKeys;
    this.tokenKeys = tokenKeys;
    this.tokenLife = tokenLife;
  }

  /** Every key whose private half is there. */
  List<SigningKey> all() {
    return rowsOf(signingKeys).stream().map(SigningKeyStore::keyOf).toList();
  }

  /** Lets everyone check what the key will sign. */
  void addPublicHalf(String keyId, PublicKey publicKey) {
    dynamoDb.putItem(
        PutItemRequest.builder()
            .tableName(tokenKeys)
            .item(TokenKeys.rowOf(keyId, publicKey))
            .build());
  }

  /** Lets the key sign. Its public half must be stored already. */
  void addPrivateHalf(SigningKey key) {
    dynamoDb.putItem(PutItemRequest.builder().tableName(signingKeys).item(itemOf(key)).build());
  }

  /**
   * Lets a key sign whose public half is stored already, and the older ones no more: their private
   * halves go, and their public halves stay until whatever they signed has expired. All of it
   * happens or nothing does.
   *
   * @return whether it happened: not if one of the old ones is gone or going
   */
  boolean replace(List<SigningKey> old, SigningKey key, Instant now) {
    Set<String> checkable =
        rowsOf(tokenKeys).stream()
            .map(row -> new Item(row).text(KEY_ID))
            .collect(Collectors.toSet());
    Instant publicUntil = now.plus(tokenLife).plus(MARGIN);
    var writes = new Transaction();
    writes.add(write(Put.builder().tableName(signingKeys).item(itemOf(key)).build()));
    old.stream()
        .sorted(Comparator.comparing(SigningKey::createdAt).reversed())
        .limit(MOST_REPLACED_AT_ONCE)
        .map(SigningKey::keyId)
        .forEach(
            keyId -> {
              writes.add(removePrivateHalf(keyId));
              // An operator may have removed a stolen key's public half; it must not come back.
              if (checkable.contains(keyId)) {
                writes.add(expirePublicHalf(keyId, publicUntil));
              }
            });
    return writes.commitUnlessOvertaken(dynamoDb);
  }

  private TransactWriteItem removePrivateHalf(String keyId) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder()
                .tableName(signingKeys)
                .key(key(keyId))
                .conditionExpression("attribute_exists(" + KEY_ID + ")")
                .build())
        .build();
  }

  private TransactWriteItem expirePublicHalf(String keyId, Instant time) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(tokenKeys)
                .key(key(keyId))
                .updateExpression("SET " + TokenKeys.EXPIRES_AT_ATTRIBUTE + " = :time")
                .conditionExpression("attribute_exists(" + KEY_ID + ")")
                .expressionAttributeValues(Map.of(":time", Item.of(Times.ceilingSeconds(time))))
                .build())
        .build();
  }

  private static TransactWriteItem write(Put put) {
    return TransactWriteItem.builder().put(put).build();
  }

  private List<Map<String, AttributeValue>> rowsOf(String table) {
    return dynamoDb
        .query(
            QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(PURPOSE + " = :purpose")
                .expressionAttributeValues(Map.of(":purpose", Item.of(TokenKeys.PURPOSE)))
                .consistentRead(true)
                .build())
        .items();
  }

  private static Map<String, AttributeValue> key(String keyId) {
    return Map.of(PURPOSE, Item.of(TokenKeys.PURPOSE), KEY_ID, Item.of(keyId));
  }

  private static Map<String, AttributeValue> itemOf(SigningKey key) {
    return Map.of(
        PURPOSE, Item.of(TokenKeys.PURPOSE),
        KEY_ID, Item.of(key.keyId()),
        PRIVATE_KEY, Item.of(key.privateKey().getEncoded()),
        CREATED_AT, Item.of(key.createdAt().toEpochMilli()));
  }

  private static SigningKey keyOf(Map<String, AttributeValue> row) {
    var item = new Item(row);
    try {
      var privateKey =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(item.bytes(PRIVATE_KEY)));
      return new SigningKey(
          item.text(KEY_ID),
          (ECPrivateKey) privateKey,
          Instant.ofEpochMilli(item.number(CREATED_AT)));
    } catch (GeneralSecurityException malformed) {
      throw new IllegalStateException("A key in the table of signing keys is malformed", malformed);
    }
  }
}
