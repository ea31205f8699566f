package io.quantchat.relay;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The messages that wait. Every read and every condition compares the exact time of expiry with the
 * time given: a message whose time has come is gone, though its row may stay until it is reaped.
 */
public final class RelayMessageStore {

  /** Which of a recipient's two queues. */
  public enum Queue {
    /** Messages that the recipient will be handed. */
    INBOX(""),

    /**
     * Messages of someone whom the recipient has blocked, kept back from it. Nothing reads them but
     * the sender's own conversation and the check for repeats; they vanish by their expiry.
     */
    WITHHELD("dropped#");

    private final String prefix;

    Queue(String prefix) {
      this.prefix = prefix;
    }

    private String keyOf(String recipientId) {
      return prefix + recipientId;
    }
  }

  /**
   * A stretch of a queue: its messages, in order.
   *
   * @param examinedUpTo where to go on; empty at the queue's end
   * @param leftOut rows that were looked at and are none of these messages: expired ones, or those
   *     of other senders
   * @param bytesRead what was looked at, rounded up as it is billed
   */
  public record Stretch(
      List<Message> messages, Optional<String> examinedUpTo, int leftOut, long bytesRead) {}

  /**
   * A message as it is stored.
   *
   * @param bytes the size that it is billed as
   */
  record Row(Queue queue, Message message, Item item, int bytes) {}

  private static final String RECIPIENT_ID = "recipient_id";
  private static final String MESSAGE_ID = "message_id";

  /** Epoch seconds, not before the exact expiry: what DynamoDB's TTL goes by. */
  private static final String EXPIRES_AT = "expires_at";

  /** Exact expiry, epoch milliseconds. */
  private static final String EXACT_EXPIRY = "x";

  private static final String SENDER_ID = "s";
  private static final String CREATED_AT = "t";
  private static final String DELIVERY_ATTEMPTS = "n";
  private static final String SEND_NONCE = "o";
  private static final String ENVELOPE = "e";
  private static final String FROM_STRANGER = "u";

  /** Both times, so that a row which is due for reaping is gone, too, however it came to be due. */
  private static final String IS_ALIVE =
      EXACT_EXPIRY + " > :now AND " + EXPIRES_AT + " > :now_seconds";

  /** A unit of consistent reading. */
  private static final int UNIT_BYTES = 4096;

  private static final String BEHIND = RECIPIENT_ID + " = :queue AND " + MESSAGE_ID + " > :from";

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** Messages in a host's table. */
  public static RelayMessageStore of(Host host) {
    return new RelayMessageStore(host.dynamoDb(), host.get(Variable.RELAY_MESSAGES_TABLE));
  }

  RelayMessageStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Stores a message unless the queue holds one of its id.
   *
   * @return the message that was there, in which case nothing was stored
   */
  public Optional<Message> putIfAbsent(Queue queue, Message message, Instant now) {
    return putIfAbsent(rowOf(queue, message), now);
  }

  /** A message as it is to be stored in a queue. */
  static Row rowOf(Queue queue, Message message) {
    var item = new Item(itemOf(queue, message));
    return new Row(queue, message, item, item.billedSize());
  }

  /** The same for a row. */
  Optional<Message> putIfAbsent(Row row, Instant now) {
    try {
      dynamoDb.putItem(
          PutItemRequest.builder()
              .tableName(table)
              .item(row.item().attributes())
              .conditionExpression(
                  "attribute_not_exists(" + MESSAGE_ID + ") OR NOT (" + IS_ALIVE + ")")
              .expressionAttributeValues(valuesAt(now, Map.of()))
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
              .build());
      return Optional.empty();
    } catch (ConditionalCheckFailedException held) {
      if (!held.hasItem()) {
        throw held;
      }
      return Optional.of(messageOf(held.item(), row.message().recipientId()));
    }
  }

  /**
   * What the ids of all messages sort behind that can still be alive. An id's time lies at most so
   * far behind the time of storing as {@link Draft#BEHIND} says, and a message lives for its
   * retention from there: so this leaves out expired rows alone, whatever the clocks that stored
   * them said.
   */
  static String earliestAlive(Instant now) {
    return Ids.justBefore(now.minus(Message.RETENTION).minus(Draft.BEHIND));
  }

  /**
   * What the ids of all messages sort behind that weren't on their way to the relay for long: there
   * are hardly any expired rows behind it. Messages that are alive before it waited at their
   * sender's.
   */
  static String earliestFresh(Instant now) {
    return Ids.justBefore(now.minus(Message.RETENTION));
  }

  /**
   * The next messages of an inbox, oldest first.
   *
   * @param after the id to go on behind
   * @param mostExamined how many rows to look at, expired ones among them; 0 for 1 MiB of them
   */
  public Stretch pending(
      String recipientId, Optional<String> after, int mostExamined, Instant now) {
    String earliest = earliestAlive(now);
    QueryRequest.Builder query =
        queryOf(Queue.INBOX, recipientId, Optional.empty())
            .keyConditionExpression(BEHIND)
            .filterExpression(IS_ALIVE)
            .expressionAttributeValues(
                valuesAt(
                    now,
                    Map.of(
                        ":queue", Item.of(recipientId),
                        ":from",
                            Item.of(
                                after.filter(id -> id.compareTo(earliest) > 0).orElse(earliest)))));
    return stretchOf(mostExamined == 0 ? query : query.limit(mostExamined), recipientId);
  }

  /**
   * Those of a queue's messages that one account has sent, newest first, out of the next rows.
   *
   * @param before the id to go on before
   * @param mostExamined how many rows to look at, of whatever sender; 0 for 1 MiB of them
   */
  Stretch sentBy(
      String senderId,
      Queue queue,
      String recipientId,
      Optional<String> before,
      int mostExamined,
      Instant now) {
    String earliest = earliestAlive(now);
    if (before.isPresent() && before.get().compareTo(earliest) <= 0) {
      return new Stretch(List.of(), Optional.empty(), 0, 0);
    }
    QueryRequest.Builder query =
        queryOf(queue, recipientId, before)
            .keyConditionExpression(BEHIND)
            .scanIndexForward(false)
            .filterExpression(IS_ALIVE + " AND " + SENDER_ID + " = :sender")
            .expressionAttributeValues(
                valuesAt(
                    now,
                    Map.of(
                        ":queue", Item.of(queue.keyOf(recipientId)),
                        ":from", Item.of(earliest),
                        ":sender", Item.packedId(senderId))));
    return stretchOf(mostExamined == 0 ? query : query.limit(mostExamined), recipientId);
  }

  /**
   * The next messages of a queue, oldest first, out of the next 1 MiB.
   *
   * @param after the id to go on behind
   */
  Stretch held(Queue queue, String recipientId, Optional<String> after, Instant now) {
    return stretchOf(
        queryOf(queue, recipientId, after)
            .filterExpression(IS_ALIVE)
            .expressionAttributeValues(
                valuesAt(now, Map.of(":queue", Item.of(queue.keyOf(recipientId))))),
        recipientId);
  }

  /** The message of this id in a recipient's inbox. */
  Optional<Message> find(String recipientId, String messageId, Instant now) {
    return find(Queue.INBOX, recipientId, messageId, now);
  }

  /** The message of this id in one of a recipient's queues. */
  Optional<Message> find(Queue queue, String recipientId, String messageId, Instant now) {
    return stretchOf(
            queryOf(queue, recipientId, Optional.empty())
                .keyConditionExpression(
                    RECIPIENT_ID + " = :queue AND " + MESSAGE_ID + " = :message")
                .filterExpression(IS_ALIVE)
                .expressionAttributeValues(
                    valuesAt(
                        now,
                        Map.of(
                            ":queue", Item.of(queue.keyOf(recipientId)),
                            ":message", Item.of(messageId)))),
            recipientId)
        .messages()
        .stream()
        .findFirst();
  }

  /**
   * How many bytes of messages a queue holds, roughly: where rows have expired and aren't reaped,
   * the others are taken to be as large as these. Reads half a unit for 4 kB, until it has found as
   * many as asked for, or has looked at twice as many.
   *
   * @param most what to look for; more isn't told
   */
  long bytesIn(Queue queue, String recipientId, long most, Instant now) {
    String after = earliestAlive(now);
    double found = 0;
    double looked = 0;
    while (found < most && looked < 2 * most && !after.isEmpty()) {
      QueryResponse answer =
          dynamoDb.query(
              queryOf(queue, recipientId, Optional.empty())
                  .keyConditionExpression(BEHIND)
                  .filterExpression(IS_ALIVE)
                  .select(Select.COUNT)
                  .consistentRead(false)
                  .expressionAttributeValues(
                      valuesAt(
                          now,
                          Map.of(
                              ":queue", Item.of(queue.keyOf(recipientId)),
                              ":from", Item.of(after))))
                  .build());
      double bytes = answer.consumedCapacity().capacityUnits() * 2 * UNIT_BYTES;
      looked += bytes;
      found += answer.scannedCount() == 0 ? 0 : bytes * answer.count() / answer.scannedCount();
      after = lastOf(answer).orElse("");
    }
    return Math.round(found);
  }

  /**
   * Deletes a message from its recipient's inbox.
   *
   * @return whether it was there; an expired one wasn't
   */
  boolean delete(String recipientId, String messageId, Instant now) {
    try {
      dynamoDb.deleteItem(
          DeleteItemRequest.builder()
              .tableName(table)
              .key(key(recipientId, messageId))
              .conditionExpression(IS_ALIVE)
              .expressionAttributeValues(valuesAt(now, Map.of()))
              .build());
      return true;
    } catch (ConditionalCheckFailedException absent) {
      return false;
    }
  }

  /** An expression's values, and those that {@link #IS_ALIVE} needs. */
  private static Map<String, AttributeValue> valuesAt(
      Instant now, Map<String, AttributeValue> others) {
    var values = new HashMap<>(others);
    values.put(":now", Item.of(now.toEpochMilli()));
    values.put(":now_seconds", Item.of(now.getEpochSecond()));
    return values;
  }

  private QueryRequest.Builder queryOf(Queue queue, String recipientId, Optional<String> from) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression(RECIPIENT_ID + " = :queue")
        .exclusiveStartKey(from.map(id -> key(queue.keyOf(recipientId), id)).orElse(null))
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
        .consistentRead(true);
  }

  private Stretch stretchOf(QueryRequest.Builder query, String recipientId) {
    var answer = dynamoDb.query(query.build());
    return new Stretch(
        answer.items().stream().map(item -> messageOf(item, recipientId)).toList(),
        lastOf(answer),
        answer.scannedCount() - answer.count(),
        Math.round(answer.consumedCapacity().capacityUnits() * UNIT_BYTES));
  }

  private static Optional<String> lastOf(QueryResponse answer) {
    return answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()
        ? Optional.of(answer.lastEvaluatedKey().get(MESSAGE_ID).s())
        : Optional.empty();
  }

  private static Map<String, AttributeValue> key(String queueKey, String messageId) {
    return Map.of(RECIPIENT_ID, Item.of(queueKey), MESSAGE_ID, Item.of(messageId));
  }

  static Map<String, AttributeValue> itemOf(Queue queue, Message message) {
    var item = new HashMap<>(key(queue.keyOf(message.recipientId()), message.id()));
    item.put(EXPIRES_AT, Item.of(Times.ceilingSeconds(message.expiresAt())));
    item.put(EXACT_EXPIRY, Item.of(message.expiresAt().toEpochMilli()));
    item.put(SENDER_ID, Item.packedId(message.senderId()));
    item.put(CREATED_AT, Item.of(message.createdAt().toEpochMilli()));
    item.put(SEND_NONCE, Item.of(message.sendNonce()));
    item.put(ENVELOPE, Item.of(EnvelopeBytes.encode(message.envelope())));
    if (message.deliveryAttempts() > 0) {
      item.put(DELIVERY_ATTEMPTS, Item.of(message.deliveryAttempts()));
    }
    if (message.fromStranger()) {
      item.put(FROM_STRANGER, Item.of(1));
    }
    return item;
  }

  private static Message messageOf(Map<String, AttributeValue> attributes, String recipientId) {
    var item = new Item(attributes);
    return new Message(
        item.text(MESSAGE_ID),
        item.unpackedId(SENDER_ID),
        recipientId,
        EnvelopeBytes.decode(item.bytes(ENVELOPE)),
        Instant.ofEpochMilli(item.number(CREATED_AT)),
        Instant.ofEpochMilli(item.number(EXACT_EXPIRY)),
        (int) item.numberOr(DELIVERY_ATTEMPTS, 0),
        (int) item.number(SEND_NONCE),
        item.numberOr(FROM_STRANGER, 0) == 1);
  }
}
