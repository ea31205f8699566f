package io.quantchat.auth;

import io.quantchat.accounts.AccountStore;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * What accounts prove themselves by: hashes of passwords, in a table that one function alone can
 * read. An account and its credentials are stored in one transaction.
 *
 * <p>An account that registered before there was this table holds its hash itself until its next
 * login, when {@link #move} takes it here: it is in one of the two places at any time, and never in
 * both.
 */
final class CredentialStore {

  private static final String USER_ID = "user_id";
  private static final String PASSWORD_HASH = "password_hash";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final AccountStore accounts;

  /** Credentials in a host's table. */
  static CredentialStore of(Host host) {
    return new CredentialStore(
        host.dynamoDb(), host.get(Variable.CREDENTIALS_TABLE), AccountStore.of(host));
  }

  private CredentialStore(DynamoDbClient dynamoDb, String table, AccountStore accounts) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.accounts = accounts;
  }

  /** The hash of an account's password, if it is kept here. Strongly consistent. */
  Optional<String> findHash(String userId) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(key(userId))
                .consistentRead(true)
                .build());
    return found.hasItem() ? new Item(found.item()).optionalText(PASSWORD_HASH) : Optional.empty();
  }

  /** The write that gives a new account its password: a part of the transaction that creates it. */
  TransactWriteItem creating(String userId, String hash) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(itemOf(userId, hash))
                .conditionExpression("attribute_not_exists(" + USER_ID + ")")
                .build())
        .build();
  }

  /** The write that deletes an account's credentials, as a part of the transaction it leaves in. */
  TransactWriteItem deleting(String userId) {
    return TransactWriteItem.builder()
        .delete(Delete.builder().tableName(table).key(key(userId)).build())
        .build();
  }

  /**
   * The writes that give an account that exists another password, wherever the hash of the one
   * before is kept, and forget what else is kept with that: parts of a transaction.
   */
  List<TransactWriteItem> setting(String userId, String hash) {
    return List.of(
        accounts.withoutHash(userId),
        TransactWriteItem.builder()
            .put(Put.builder().tableName(table).item(itemOf(userId, hash)).build())
            .build());
  }

  /** Makes those writes, and no others. */
  void set(String userId, String hash) {
    dynamoDb.transactWriteItems(write -> write.transactItems(setting(userId, hash)));
  }

  /** The write that gives an account another password, unless it was changed meanwhile. */
  TransactWriteItem changing(String userId, String seenHash, String newHash) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(itemOf(userId, newHash))
                .conditionExpression(PASSWORD_HASH + " = :seen")
                .expressionAttributeValues(Map.of(":seen", Item.of(seenHash)))
                .build())
        .build();
  }

  /** Replaces a hash that is kept here, unless it was changed meanwhile. */
  void replace(String userId, String seenHash, String newHash) {
    try {
      dynamoDb.updateItem(
          UpdateItemRequest.builder()
              .tableName(table)
              .key(key(userId))
              .updateExpression("SET " + PASSWORD_HASH + " = :new")
              .conditionExpression(PASSWORD_HASH + " = :seen")
              .expressionAttributeValues(
                  Map.of(":new", Item.of(newHash), ":seen", Item.of(seenHash)))
              .build());
    } catch (ConditionalCheckFailedException changedMeanwhile) {
      return;
    }
  }

  /**
   * Takes a hash from the account here, unless it was changed or moved meanwhile.
   *
   * @param newHash of the same password: the same, or a stronger one
   */
  void move(String userId, String seenHash, String newHash) {
    var _ =
        Transaction.of(accounts.withoutHash(userId, seenHash), creating(userId, newHash))
            .commitUnlessOvertaken(dynamoDb);
  }

  private static Map<String, AttributeValue> itemOf(String userId, String hash) {
    return Map.of(USER_ID, Item.of(userId), PASSWORD_HASH, Item.of(hash));
  }

  private static Map<String, AttributeValue> key(String userId) {
    return Map.of(USER_ID, Item.of(userId));
  }
}
