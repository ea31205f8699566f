package io.quantchat.limits;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * How often somebody may do something, counted in fixed windows of time: at most twice a limit may
 * fall into one window's length, half of it on each side of a border. A count is one small item
 * that is written once for each use, and that DynamoDB reaps after its window.
 */
public final class Limits {

  /** Every limit there is. */
  public enum Limit {
    /** One-time prekeys that an account asks for, of all others together. */
    PREKEYS_OF_REQUESTER(600, Duration.ofHours(1)),
    /**
     * One-time prekeys of an account that all others together are given. It keeps the prekeys from
     * being drained, and never keeps anybody from writing: there is the last-resort key.
     */
    PREKEYS_OF_TARGET(2_000, Duration.ofHours(1)),
    /** Bundles and batches of prekeys that an account publishes. */
    KEY_UPLOADS(60, Duration.ofHours(1));

    private final int most;
    private final Duration window;

    Limit(int most, Duration window) {
      this.most = most;
      this.window = window;
    }

    /** Uses of one window. */
    int most() {
      return most;
    }

    /** The length of a window; the first began with 1970. */
    public Duration window() {
      return window;
    }
  }

  private static final String SUBJECT = "subject";
  private static final String USED = "used";
  private static final String EXPIRES_AT = "expires_at";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  /** Limits counted in a host's table. */
  public static Limits of(Host host) {
    return new Limits(host.dynamoDb(), host.get(Variable.LIMITS_TABLE), host.clock());
  }

  Limits(DynamoDbClient dynamoDb, String table, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.clock = clock;
  }

  /**
   * Counts uses of a limit, unless they are too many. One round trip.
   *
   * @param who whose limit it is: an account's id
   * @throws Problem of kind TOO_MANY, with the time that is left of the window; nothing is counted
   *     then
   */
  public void charge(Limit limit, String who, int uses) {
    Instant now = clock.instant();
    if (!count(limit, who, uses, now)) {
      Instant end = endOf(limit, now);
      throw Problem.tooMany(
          "That is too much for now: wait until " + Times.format(end) + ".",
          Duration.between(now, end));
    }
  }

  /**
   * Counts uses of a limit, unless they are too many. One round trip.
   *
   * @param who whose limit it is: an account's id
   * @return whether they are counted
   */
  public boolean allows(Limit limit, String who, int uses) {
    return count(limit, who, uses, clock.instant());
  }

  /**
   * Takes back what was counted and not used. One round trip. If the window has ended meanwhile,
   * there is nothing left to take it from.
   */
  public void giveBack(Limit limit, String who, int uses) {
    try {
      dynamoDb.updateItem(
          UpdateItemRequest.builder()
              .tableName(table)
              .key(key(limit, who, clock.instant()))
              .updateExpression("ADD " + USED + " :back")
              .conditionExpression(USED + " >= :uses")
              .expressionAttributeValues(Map.of(":back", Item.of(-uses), ":uses", Item.of(uses)))
              .build());
    } catch (ConditionalCheckFailedException nothingLeft) {
      return;
    }
  }

  private boolean count(Limit limit, String who, int uses, Instant now) {
    try {
      dynamoDb.updateItem(
          UpdateItemRequest.builder()
              .tableName(table)
              .key(key(limit, who, now))
              .updateExpression("ADD " + USED + " :uses SET " + EXPIRES_AT + " = :end")
              .conditionExpression("attribute_not_exists(" + USED + ") OR " + USED + " <= :room")
              .expressionAttributeValues(
                  Map.of(
                      ":uses", Item.of(uses),
                      ":end", Item.of(Times.ceilingSeconds(endOf(limit, now))),
                      ":room", Item.of(limit.most() - uses)))
              .build());
      return true;
    } catch (ConditionalCheckFailedException spent) {
      return false;
    }
  }

  private static Map<String, AttributeValue> key(Limit limit, String who, Instant now) {
    return Map.of(SUBJECT, Item.of(limit + "#" + who + "#" + windowOf(limit, now)));
  }

  private static long windowOf(Limit limit, Instant now) {
    return now.toEpochMilli() / limit.window().toMillis();
  }

  private static Instant endOf(Limit limit, Instant now) {
    return Instant.ofEpochMilli((windowOf(limit, now) + 1) * limit.window().toMillis());
  }
}
