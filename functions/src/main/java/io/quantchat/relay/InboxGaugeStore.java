package io.quantchat.relay;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.ConnectionStore.Look;
import io.quantchat.relay.RelayMessageStore.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * How full an account's queues are, as far as it is known without looking.
 *
 * <p>A row beside the account's sockets counts the bytes that have arrived in a queue, and none
 * that have left it: so a queue holds no more than that. It comes with the look at the sockets that
 * each send takes anyway, and is written seldom: a message of n bytes counts as {@link #STEP} bytes
 * with the probability n / STEP, larger ones as what they are. Only when the count has passed the
 * bound is the queue looked at, and the count set to what is there.
 */
final class InboxGaugeStore {

  /** What one write counts at least, bytes: a kilobyte's message costs 1/64 of a write. */
  static final int STEP = 64 * 1024;

  /** Longer than a message lives: what a row that was reaped counted is gone, too. */
  private static final Duration KEPT = Message.RETENTION.plusDays(1);

  /** How long a look may take before somebody else looks. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  private static final String BYTES = "b";
  private static final String FULL_UNTIL = "f";
  private static final String LOOKED_AT_UNTIL = "l";
  private static final String CONNECTED_AT = "connected_at";
  private static final String EXPIRES_AT = "expires_at";

  /** For an earlier version, which takes each row for a socket, it is one that is long gone. */
  private static final String OF_A_ROW = EXPIRES_AT + " = :reap, " + CONNECTED_AT + " = :never";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final RandomGenerator random;

  /** The gauges in a host's table. */
  static InboxGaugeStore of(Host host) {
    return new InboxGaugeStore(
        host.dynamoDb(), host.get(Variable.CONNECTIONS_TABLE), host.random());
  }

  private InboxGaugeStore(DynamoDbClient dynamoDb, String table, RandomGenerator random) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.random = random;
  }

  /**
   * What a gauge says.
   *
   * @param bytes what has arrived since the queue was looked at, and what it held then
   * @param fullUntil until when it was found full; may be over
   */
  record Reading(long bytes, Optional<Instant> fullUntil) {

    boolean isFull(Instant now) {
      return fullUntil.filter(now::isBefore).isPresent();
    }

    /** Whether only a look at the queue can tell if it has room. */
    boolean isDue(long bound) {
      return fullUntil.isPresent() || bytes >= bound;
    }
  }

  /** The gauge of a queue, as it came with the look at an account's sockets. */
  static Reading reading(Look look, Queue queue) {
    return look.note(nameOf(queue))
        .map(item -> new Reading(item.numberOr(BYTES, 0), item.time(FULL_UNTIL)))
        .orElse(new Reading(0, Optional.empty()));
  }

  /** Whether a message of so many bytes is counted, for itself and others of its size. */
  boolean counts(int bytes) {
    return random.nextFloat() * STEP < bytes;
  }

  /** Counts such a message. */
  void count(Queue queue, String recipientId, int bytes, Instant now) {
    update(
        queue,
        recipientId,
        "ADD " + BYTES + " :bytes SET " + OF_A_ROW,
        "",
        now,
        Map.of(":bytes", Item.of(Math.max(bytes, STEP))));
  }

  /** Whether this caller is the one who looks at the queue now. */
  boolean claimsLook(Queue queue, String recipientId, Instant now) {
    try {
      update(
          queue,
          recipientId,
          "SET " + LOOKED_AT_UNTIL + " = :end, " + OF_A_ROW,
          "attribute_not_exists(" + LOOKED_AT_UNTIL + ") OR " + LOOKED_AT_UNTIL + " <= :now",
          now,
          Map.of(
              ":now", Item.of(now.toEpochMilli()),
              ":end", Item.of(now.plus(LONGEST_LOOK).toEpochMilli())));
      return true;
    } catch (ConditionalCheckFailedException somebodyLooks) {
      return false;
    }
  }

  /** Sets a gauge to what was found, for which the queue is full for a while, or isn't. */
  void set(Queue queue, String recipientId, long bytes, Optional<Instant> fullUntil, Instant now) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":bytes", Item.of(bytes));
    fullUntil.ifPresent(until -> values.put(":until", Item.of(until.toEpochMilli())));
    update(
        queue,
        recipientId,
        "SET "
            + BYTES
            + " = :bytes, "
            + OF_A_ROW
            + fullUntil.map(until -> ", " + FULL_UNTIL + " = :until").orElse("")
            + " REMOVE "
            + LOOKED_AT_UNTIL
            + (fullUntil.isPresent() ? "" : ", " + FULL_UNTIL),
        "",
        now,
        values);
  }

  private void update(
      Queue queue,
      String recipientId,
      String change,
      String condition,
      Instant now,
      Map<String, AttributeValue> given) {
    var values = new HashMap<>(given);
    values.put(":reap", Item.of(now.plus(KEPT).getEpochSecond()));
    values.put(":never", Item.of(0));
    dynamoDb.updateItem(
        UpdateItemRequest.builder()
            .tableName(table)
            .key(ConnectionStore.noteKey(recipientId, nameOf(queue)))
            .updateExpression(change)
            .conditionExpression(condition.isEmpty() ? null : condition)
            .expressionAttributeValues(values)
            .build());
  }

  private static String nameOf(Queue queue) {
    return queue.name().toLowerCase(Locale.ROOT);
  }
}
