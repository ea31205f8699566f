package io.quantchat.erasure;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Parallel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Finds and deletes rows by their keys, whatever else they hold. */
final class ErasureStore {

  /**
   * Part of a partition.
   *
   * @param sortKeys of its rows, in order
   * @param names by sort key, what batches are named: of rows that have such an attribute
   * @param tickets the keys of the tickets that rows of sessions list
   * @param next where to go on; empty at the partition's end
   */
  record Page(
      List<String> sortKeys,
      Map<String, String> names,
      List<String> tickets,
      Optional<String> next) {}

  /** Rows of one page: as many as are deleted at once. */
  static final int PAGE = 100;

  private static final String USER_ID = "user_id";
  private static final String EMAIL = "email";
  private static final String BLOCKED = "blocked";
  private static final String SENDER_ID = "s";
  private static final String NAME = "name";
  private static final String PROOF = "proof";
  private static final String TICKETS = "tickets";
  private static final String SESSION_ID = "session_id";

  private final Host host;
  private final DynamoDbClient dynamoDb;

  /** The rows of a host's tables. */
  static ErasureStore of(Host host) {
    return new ErasureStore(host);
  }

  private ErasureStore(Host host) {
    this.host = host;
    this.dynamoDb = host.dynamoDb();
  }

  /** The first rows of a partition. */
  Page first(Holding holding, String partition) {
    return pageOf(holding, queryOf(holding, partition, Optional.empty()));
  }

  /**
   * Rows of a queue that one account has sent, among the next {@value #PAGE}.
   *
   * @param after the sort key to go on behind
   */
  Page sentBy(String senderId, String queue, Optional<String> after) {
    QueryRequest.Builder query = queryOf(Holding.MESSAGES, queue, after);
    return pageOf(
        Holding.MESSAGES,
        query
            .filterExpression(SENDER_ID + " = :sender")
            .expressionAttributeValues(
                Map.of(":partition", Item.of(queue), ":sender", Item.packedId(senderId))));
  }

  /** Deletes rows of one partition, all at once. What isn't there needn't be. */
  void delete(Holding holding, String partition, Collection<String> sortKeys) {
    if (!sortKeys.isEmpty()) {
      Parallel.map(sortKeys, sortKey -> delete(holding, partition, sortKey));
    }
  }

  /** Deletes a row. */
  String delete(Holding holding, String partition, String sortKey) {
    delete(
        holding.table(),
        Map.of(holding.partitionKey(), Item.of(partition), holding.sortKey(), Item.of(sortKey)));
    return sortKey;
  }

  /** Deletes the one row that an account has in a table whose key is its id. */
  void deleteOnly(Variable table, String userId) {
    delete(table, Map.of(USER_ID, Item.of(userId)));
  }

  /** Deletes a socket ticket by its key. */
  String deleteTicket(String key) {
    delete(Variable.SESSIONS_TABLE, Map.of(SESSION_ID, Item.of(key)));
    return key;
  }

  /** Deletes what waits for an answer to a mail, by its key. */
  void deleteProof(String key) {
    delete(Variable.EMAIL_PROOFS_TABLE, Map.of(PROOF, Item.of(key)));
  }

  /** Takes an account out of those whom another has blocked. */
  void unblock(String userId, String blockedId) {
    try {
      dynamoDb.updateItem(
          UpdateItemRequest.builder()
              .tableName(host.get(Variable.ACCOUNTS_TABLE))
              .key(Map.of(USER_ID, Item.of(userId)))
              .updateExpression("DELETE " + BLOCKED + " :ids")
              .conditionExpression("contains(" + BLOCKED + ", :id)")
              .expressionAttributeValues(
                  Map.of(
                      ":ids", AttributeValue.fromSs(List.of(blockedId)),
                      ":id", Item.of(blockedId)))
              .build());
    } catch (ConditionalCheckFailedException notBlocked) {
      return;
    }
  }

  /** Lets go of an address, if it is this account's. */
  void releaseAddress(String address, String userId) {
    try {
      dynamoDb.deleteItem(
          DeleteItemRequest.builder()
              .tableName(host.get(Variable.ACCOUNT_EMAILS_TABLE))
              .key(Map.of(EMAIL, Item.of(address)))
              .conditionExpression(USER_ID + " = :user")
              .expressionAttributeValues(Map.of(":user", Item.of(userId)))
              .build());
    } catch (ConditionalCheckFailedException anothersOrNobodys) {
      return;
    }
  }

  /** Writes a session that names a ticket, for a rehearsal. */
  void putSession(String userId, String sessionKey, String ticket) {
    dynamoDb.putItem(
        put ->
            put.tableName(host.get(Variable.ACCOUNT_SESSIONS_TABLE))
                .item(
                    Map.of(
                        USER_ID,
                        Item.of(userId),
                        Holding.SESSIONS.sortKey(),
                        Item.of(sessionKey),
                        TICKETS,
                        AttributeValue.fromM(Map.of(ticket, Item.of(0))))));
  }

  /** Writes a row of keys alone, for a rehearsal. */
  void put(Holding holding, String partition, String sortKey) {
    dynamoDb.putItem(
        put ->
            put.tableName(host.get(holding.table()))
                .item(
                    Map.of(
                        holding.partitionKey(), Item.of(partition),
                        holding.sortKey(), Item.of(sortKey))));
  }

  private void delete(Variable table, Map<String, AttributeValue> key) {
    dynamoDb.deleteItem(DeleteItemRequest.builder().tableName(host.get(table)).key(key).build());
  }

  private QueryRequest.Builder queryOf(Holding holding, String partition, Optional<String> after) {
    return QueryRequest.builder()
        .tableName(host.get(holding.table()))
        .keyConditionExpression(holding.partitionKey() + " = :partition")
        .expressionAttributeValues(Map.of(":partition", Item.of(partition)))
        .exclusiveStartKey(
            after
                .map(
                    sortKey ->
                        Map.of(
                            holding.partitionKey(), Item.of(partition),
                            holding.sortKey(), Item.of(sortKey)))
                .orElse(null))
        .limit(PAGE)
        .consistentRead(true);
  }

  private Page pageOf(Holding holding, QueryRequest.Builder query) {
    var answer =
        dynamoDb.query(
            query
                .projectionExpression("#sort, #name, #tickets")
                .expressionAttributeNames(
                    Map.of("#sort", holding.sortKey(), "#name", NAME, "#tickets", TICKETS))
                .build());
    List<Item> rows = answer.items().stream().map(Item::new).toList();
    return new Page(
        rows.stream().map(row -> row.text(holding.sortKey())).toList(),
        rows.stream()
            .filter(row -> row.optionalText(NAME).isPresent())
            .collect(Collectors.toMap(row -> row.text(holding.sortKey()), row -> row.text(NAME))),
        answer.items().stream()
            .filter(row -> row.containsKey(TICKETS))
            .flatMap(row -> row.get(TICKETS).m().keySet().stream())
            .toList(),
        answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()
            ? Optional.of(answer.lastEvaluatedKey().get(holding.sortKey()).s())
            : Optional.empty());
  }
}
