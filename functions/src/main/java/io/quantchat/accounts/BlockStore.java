package io.quantchat.accounts;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

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

  /**
   * Blocks an account for this one, together with other writes. Doing it again changes nothing.
   *
   * @return whether it was done: not if this account is gone, or another write's condition isn't
   *     met
   */
  public boolean block(String userId, String blockedId, TransactWriteItem... others) {
    return change(userId, "ADD", blockedId, others);
  }

  /**
   * Takes a block back, together with other writes. Doing it again changes nothing.
   *
   * @return whether it was done: not if this account is gone
   */
  public boolean unblock(String userId, String blockedId, TransactWriteItem... others) {
    return change(userId, "DELETE", blockedId, others);
  }

  /** Lets an account's row be deleted only while these are the ones whom it has blocked. */
  static Delete ifBlockedAreStill(
      Set<String> blocked, String table, Map<String, AttributeValue> account) {
    Delete.Builder delete = Delete.builder().tableName(table).key(account);
    String exists = AccountStore.EXISTS + " AND ";
    return blocked.isEmpty()
        ? delete.conditionExpression(exists + "attribute_not_exists(" + BLOCKED + ")").build()
        : delete
            .conditionExpression(exists + BLOCKED + " = :seen")
            .expressionAttributeValues(Map.of(":seen", AttributeValue.fromSs(List.copyOf(blocked))))
            .build();
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

  private boolean change(
      String userId, String action, String blockedId, TransactWriteItem... others) {
    var writes = new ArrayList<>(List.of(others));
    writes.add(
        TransactWriteItem.builder()
            .update(
                Update.builder()
                    .tableName(table)
                    .key(AccountStore.key(userId))
                    .updateExpression(action + " " + BLOCKED + " :ids")
                    .conditionExpression(AccountStore.EXISTS)
                    .expressionAttributeValues(
                        Map.of(":ids", AttributeValue.fromSs(List.of(blockedId))))
                    .build())
            .build());
    return Transaction.of(writes).commit(dynamoDb).isEmpty();
  }
}
