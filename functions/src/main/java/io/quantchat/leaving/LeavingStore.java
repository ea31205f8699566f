package io.quantchat.leaving;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Read;
import io.quantchat.host.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Marks of accounts that have left, and the queue of those whose rows are being deleted. */
public final class LeavingStore {

  private static final String PLACE = "place";
  private static final String USER_ID = "user_id";
  private static final String LEFT_AT = "left_at";
  private static final String ADDRESSES = "addresses";
  private static final String BLOCKED = "blocked";
  private static final String SWEPT_AT = "swept_at";

  /** The partition of the queue; no account has such an id. */
  private static final String QUEUE = "queue";

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** Departures in a host's table. */
  public static LeavingStore of(Host host) {
    return new LeavingStore(host.dynamoDb(), host.get(Variable.LEAVING_TABLE));
  }

  private LeavingStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** When an account left; empty for one that hasn't, or that never was. Half a unit of reading. */
  public Optional<Instant> leftAt(String userId, Read read) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(key(userId, userId))
                .consistentRead(read.isConsistent())
                .build());
    return found.hasItem() ? new Item(found.item()).time(LEFT_AT) : Optional.empty();
  }

  /**
   * Notes a departure, in one transaction with what makes it one.
   *
   * @param addresses the writes that let go of its address
   * @param others such as the write that deletes the account
   * @return whether it is done: not if a condition of the others isn't met
   */
  public boolean begin(
      Departure departure, List<TransactWriteItem> addresses, TransactWriteItem... others) {
    var mark = new HashMap<>(key(departure.userId(), departure.userId()));
    mark.put(LEFT_AT, Item.of(departure.leftAt().toEpochMilli()));
    var queued = new HashMap<>(mark);
    queued.put(PLACE, Item.of(QUEUE));
    if (!departure.blocked().isEmpty()) {
      queued.put(BLOCKED, AttributeValue.fromSs(List.copyOf(departure.blocked())));
    }
    if (!departure.addresses().isEmpty()) {
      queued.put(ADDRESSES, AttributeValue.fromSs(List.copyOf(departure.addresses())));
    }
    var writes = new ArrayList<>(addresses);
    writes.addAll(List.of(others));
    Stream.of(mark, queued)
        .map(item -> Put.builder().tableName(table).item(item).build())
        .forEach(put -> writes.add(TransactWriteItem.builder().put(put).build()));
    return Transaction.of(writes).commit(dynamoDb).isEmpty();
  }

  /** Those that were noted and not forgotten yet, a page of the table at a time. */
  public Stream<Departure> queue() {
    return dynamoDb
        .queryPaginator(
            QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(PLACE + " = :queue")
                .expressionAttributeValues(Map.of(":queue", Item.of(QUEUE)))
                .consistentRead(true)
                .build())
        .items()
        .stream()
        .map(LeavingStore::departureOf);
  }

  /** Notes that everything was looked through. Doing it again changes nothing but the time. */
  public void swept(String userId, Instant at) {
    try {
      dynamoDb.updateItem(
          UpdateItemRequest.builder()
              .tableName(table)
              .key(key(QUEUE, userId))
              .updateExpression("SET " + SWEPT_AT + " = :at")
              .conditionExpression("attribute_exists(" + USER_ID + ")")
              .expressionAttributeValues(Map.of(":at", Item.of(at.toEpochMilli())))
              .build());
    } catch (ConditionalCheckFailedException ended) {
      // Two workers may be at the same departure, and the other has ended it.
      return;
    }
  }

  /** Deletes the last of a departure, both rows at once. Doing it again changes nothing. */
  public void forget(String userId) {
    dynamoDb.transactWriteItems(
        TransactWriteItemsRequest.builder()
            .transactItems(
                Stream.of(userId, QUEUE)
                    .map(place -> Delete.builder().tableName(table).key(key(place, userId)).build())
                    .map(delete -> TransactWriteItem.builder().delete(delete).build())
                    .toList())
            .build());
  }

  private static Map<String, AttributeValue> key(String place, String userId) {
    return Map.of(PLACE, Item.of(place), USER_ID, Item.of(userId));
  }

  private static Departure departureOf(Map<String, AttributeValue> attributes) {
    var item = new Item(attributes);
    return new Departure(
        item.text(USER_ID),
        Instant.ofEpochMilli(item.number(LEFT_AT)),
        item.texts(ADDRESSES),
        item.texts(BLOCKED),
        item.time(SWEPT_AT));
  }
}
