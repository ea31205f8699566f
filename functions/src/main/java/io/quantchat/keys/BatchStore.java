package io.quantchat.keys;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Batches of one-time prekeys, and how far each is handed out. A batch's row is written once, after
 * all of its prekeys ({@link PrekeyStore}): whoever finds it finds all of them, and before it
 * nobody finds any. What it counts only rises, by one conditional update for each claim: no index
 * is claimed twice. It is reaped when the batch is void, and until then stands in the way of the
 * same batch being opened again.
 */
final class BatchStore {

  /**
   * Batches of an account, spent and void ones among them until they are reaped: some 230 bytes
   * each, of the MiB of a page.
   */
  static final int MOST = 4_000;

  private static final String BELONGS_TO = "belongs_to";
  private static final String PLACE = "place";
  private static final String NAME = "name";
  private static final String IDENTITY = "identity";
  private static final String CREATED_AT = "created_at";
  private static final String SIZE = "size";
  private static final String HANDED_OUT = "handed_out";
  private static final String EXPIRES_AT = "expires_at";

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** Batches in a host's table. */
  static BatchStore of(Host host) {
    return new BatchStore(host.dynamoDb(), host.get(Variable.PREKEYS_TABLE));
  }

  private BatchStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Every batch of an account, the oldest first, void and spent ones among them. One page, which
   * holds {@value #MOST} of them and more.
   */
  List<Batch> allOf(String userId, Read read) {
    return dynamoDb
        .query(
            QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(BELONGS_TO + " = :user")
                .expressionAttributeValues(Map.of(":user", Item.of(userId)))
                .consistentRead(read.isConsistent())
                .build())
        .items()
        .stream()
        .map(BatchStore::batchOf)
        .sorted(Comparator.comparing(Batch::created).thenComparing(Batch::batchId))
        .toList();
  }

  /**
   * Opens a batch to who asks for prekeys, once all of it is written.
   *
   * @return the batch of this id that was there, if there was one; it stays as it is
   */
  Optional<Batch> open(Batch batch) {
    try {
      dynamoDb.putItem(
          PutItemRequest.builder()
              .tableName(table)
              .item(itemOf(batch))
              .conditionExpression("attribute_not_exists(" + BELONGS_TO + ")")
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
              .build());
      return Optional.empty();
    } catch (ConditionalCheckFailedException alreadyThere) {
      return Optional.of(batchOf(alreadyThere.item()));
    }
  }

  /**
   * Claims the next prekeys of a batch, if there are as many. They are gone from then on, whatever
   * becomes of who claimed them.
   */
  Claim claim(Batch batch, int count) {
    try {
      var changed =
          dynamoDb.updateItem(
              UpdateItemRequest.builder()
                  .tableName(table)
                  .key(key(batch.userId(), batch.batchId()))
                  .updateExpression("ADD " + HANDED_OUT + " :count")
                  .conditionExpression(HANDED_OUT + " <= :last")
                  .expressionAttributeValues(
                      Map.of(":count", Item.of(count), ":last", Item.of(batch.size() - count)))
                  .returnValues(ReturnValue.UPDATED_OLD)
                  .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                  .build());
      int first = (int) new Item(changed.attributes()).number(HANDED_OUT);
      return new Claim(batch.withHandedOut(first), count);
    } catch (ConditionalCheckFailedException fewerLeft) {
      boolean reaped = !fewerLeft.hasItem() || fewerLeft.item().isEmpty();
      return new Claim(reaped ? batch.withHandedOut(batch.size()) : batchOf(fewerLeft.item()), 0);
    }
  }

  /**
   * Withdraws a batch: as if all that is left of it had been handed out. Its row stays, and in the
   * way of the same batch being opened again.
   *
   * @return how many prekeys were left of it
   */
  int withdraw(Batch batch) {
    try {
      var before =
          dynamoDb.updateItem(
              UpdateItemRequest.builder()
                  .tableName(table)
                  .key(key(batch.userId(), batch.batchId()))
                  .updateExpression("SET " + HANDED_OUT + " = :all")
                  .conditionExpression(HANDED_OUT + " < :all")
                  .expressionAttributeValues(Map.of(":all", Item.of(batch.size())))
                  .returnValues(ReturnValue.UPDATED_OLD)
                  .build());
      return batch.size() - (int) new Item(before.attributes()).number(HANDED_OUT);
    } catch (ConditionalCheckFailedException noneLeft) {
      return 0;
    }
  }

  private static Map<String, AttributeValue> key(String userId, String batchId) {
    return Map.of(BELONGS_TO, Item.of(userId), PLACE, Item.of(batchId));
  }

  private static Map<String, AttributeValue> itemOf(Batch batch) {
    return Map.of(
        BELONGS_TO, Item.of(batch.userId()),
        PLACE, Item.of(batch.batchId()),
        NAME, Item.of(batch.name()),
        IDENTITY, Item.of(batch.identity()),
        CREATED_AT, Item.of(batch.created().toEpochMilli()),
        SIZE, Item.of(batch.size()),
        HANDED_OUT, Item.of(batch.handedOut()),
        EXPIRES_AT, Item.of(Times.ceilingSeconds(batch.goodUntil())));
  }

  private static Batch batchOf(Map<String, AttributeValue> attributes) {
    var item = new Item(attributes);
    return new Batch(
        item.text(BELONGS_TO),
        item.text(PLACE),
        item.text(NAME),
        item.bytes(IDENTITY),
        Instant.ofEpochMilli(item.number(CREATED_AT)),
        (int) item.number(SIZE),
        (int) item.number(HANDED_OUT));
  }
}
