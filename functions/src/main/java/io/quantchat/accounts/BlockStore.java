package io.quantchat.accounts;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Whom accounts have blocked, which each account's row holds. */
public final class BlockStore {

  static final String BLOCKED = "blocked";

  private final DynamoDbClient dynamoDb;
  private final String table;

  private BlockStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Blocks in a host's accounts. */
  public static BlockStore of(Host host) {
    return new BlockStore(host.dynamoDb(), host.get(Variable.ACCOUNTS_TABLE));
  }

  /** Blocks an account for this one. Doing it again changes nothing. */
  public void block(String userId, String blockedId) {
    change(userId, "ADD", blockedId);
  }

  /** Takes a block back. Doing it again changes nothing. */
  public void unblock(String userId, String blockedId) {
    change(userId, "DELETE", blockedId);
  }

  /** A set in DynamoDB is never empty: an account that has blocked nobody has no attribute. */
  static Map<String, AttributeValue> attributesOf(Set<String> blocked) {
    return blocked.isEmpty()
        ? Map.of()
        : Map.of(BLOCKED, AttributeValue.fromSs(List.copyOf(blocked)));
  }

  static Set<String> blockedOf(Item account) {
    return account.texts(BLOCKED);
  }

  private void change(String userId, String action, String blockedId) {
    dynamoDb.updateItem(
        UpdateItemRequest.builder()
            .tableName(table)
            .key(AccountStore.key(userId))
            .updateExpression(action + " " + BLOCKED + " :ids")
            .conditionExpression(AccountStore.EXISTS)
            .expressionAttributeValues(Map.of(":ids", AttributeValue.fromSs(List.of(blockedId))))
            .build());
  }
}
