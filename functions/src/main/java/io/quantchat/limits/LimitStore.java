package io.quantchat.limits;

import io.quantchat.host.Item;
import io.quantchat.host.Sha256;
import io.quantchat.host.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The limits' table. A count is one small item, a write unit each time, that DynamoDB reaps after
 * its window. Its key says neither whose it is nor when it was: both are hashed.
 */
final class LimitStore {

  private static final String SUBJECT = "subject";
  private static final String USED = "used";
  private static final String WAITS_UNTIL = "waits_until";
  private static final String EXPIRES_AT = "expires_at";

  private static final String WAIT =
      "SET " + USED + " = :next, " + WAITS_UNTIL + " = :until, " + EXPIRES_AT + " = :end";

  private static final int HASH_BYTES = 16;

  private final DynamoDbClient dynamoDb;
  private final String table;

  LimitStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Adds uses to a window's count. Exact: only if the count stays within the limit. Sampled: only
   * if the limit isn't reached, since what is added was let through before.
   */
  Verdict count(Limit limit, String who, Window window, long uses, int most) {
    long room = limit.counting().isExact() ? most - uses : most - 1L;
    try {
      dynamoDb.updateItem(
          update(limit, who, window)
              .updateExpression("ADD " + USED + " :uses SET " + EXPIRES_AT + " = :end")
              .conditionExpression(
                  room < 0
                      ? USED + " <= :room"
                      : "attribute_not_exists(" + USED + ") OR " + USED + " <= :room")
              .expressionAttributeValues(
                  Map.of(
                      ":uses", Item.of(uses),
                      ":end", Item.of(Times.ceilingSeconds(window.end())),
                      ":room", Item.of(room)))
              .build());
      return Verdict.LET_THROUGH;
    } catch (ConditionalCheckFailedException spent) {
      return Verdict.refused(most - usedOf(spent));
    }
  }

  /** Takes uses back, if so many were counted. */
  void giveBack(Limit limit, String who, Window window, long uses) {
    try {
      dynamoDb.updateItem(
          update(limit, who, window)
              .updateExpression("ADD " + USED + " :back")
              .conditionExpression(USED + " >= :uses")
              .expressionAttributeValues(Map.of(":back", Item.of(-uses), ":uses", Item.of(uses)))
              .build());
    } catch (ConditionalCheckFailedException nothingLeft) {
      return;
    }
  }

  /** How much of a window is used, as it was a moment ago. */
  long used(Limit limit, String who, Window window) {
    Map<String, AttributeValue> item =
        dynamoDb.getItem(get -> get.tableName(table).key(key(limit, who, window))).item();
    return new Item(item).numberOr(USED, 0);
  }

  /**
   * Counts one more use, and says until when the next one waits: only if the count is still what
   * the caller thinks, so that of many at once one is counted.
   *
   * @return whether it was counted
   */
  boolean countWaiting(Limit limit, String who, Window window, long used, Instant waitsUntil) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":next", Item.of(used + 1));
    values.put(":until", Item.of(waitsUntil.toEpochMilli()));
    values.put(":end", Item.of(Times.ceilingSeconds(window.end())));
    if (used > 0) {
      values.put(":used", Item.of(used));
    }
    try {
      dynamoDb.updateItem(
          update(limit, who, window)
              .updateExpression(WAIT)
              .conditionExpression(
                  used == 0 ? "attribute_not_exists(" + USED + ")" : USED + " = :used")
              .expressionAttributeValues(values)
              .build());
      return true;
    } catch (ConditionalCheckFailedException another) {
      return false;
    }
  }

  /**
   * Counts one use among those that needn't wait.
   *
   * @param free how many those are
   */
  Waiting countFree(Limit limit, String who, Window window, int free) {
    try {
      dynamoDb.updateItem(
          update(limit, who, window)
              .updateExpression("ADD " + USED + " :one SET " + EXPIRES_AT + " = :end")
              .conditionExpression(
                  (free == 0 ? "" : "attribute_not_exists(" + USED + ") OR ") + USED + " < :free")
              .expressionAttributeValues(
                  Map.of(
                      ":one", Item.of(1),
                      ":end", Item.of(Times.ceilingSeconds(window.end())),
                      ":free", Item.of(free)))
              .build());
      return Waiting.NONE;
    } catch (ConditionalCheckFailedException noneFree) {
      var item = new Item(noneFree.item());
      return new Waiting(
          false, item.numberOr(USED, 0), item.time(WAITS_UNTIL).orElse(Instant.EPOCH));
    }
  }

  /** Forgets a count. */
  void clear(Limit limit, String who, Window window) {
    dynamoDb.deleteItem(delete -> delete.tableName(table).key(key(limit, who, window)));
  }

  /**
   * What stands in the way of a use.
   *
   * @param isCounted nothing does: it was counted
   * @param used how many there were
   * @param until when there may be the next
   */
  record Waiting(boolean isCounted, long used, Instant until) {
    static final Waiting NONE = new Waiting(true, 0, Instant.EPOCH);
  }

  private UpdateItemRequest.Builder update(Limit limit, String who, Window window) {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(key(limit, who, window))
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  private static long usedOf(ConditionalCheckFailedException spent) {
    return spent.hasItem() ? new Item(spent.item()).numberOr(USED, 0) : 0;
  }

  /** 128 bits: whoever finds two subjects of one hash has the counts of both added. */
  static Map<String, AttributeValue> key(Limit limit, String who, Window window) {
    String subject = limit + "#" + who + "#" + window.number();
    byte[] hash = Sha256.of(subject);
    return Map.of(
        SUBJECT,
        Item.of(
            limit
                + "#"
                + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(hash, HASH_BYTES))));
  }
}
