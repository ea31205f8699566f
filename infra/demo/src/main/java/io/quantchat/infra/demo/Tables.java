package io.quantchat.infra.demo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The server's tables, read and written behind its back. */
final class Tables {

  private static final String MESSAGES_TABLE = "RelayMessagesTable";
  private static final String RECIPIENT_ID = "recipient_id";
  private static final String MESSAGE_ID = "message_id";

  private final DynamoDbClient client;
  private final Map<String, String> names;

  /**
   * @param names the tables' names by their logical ids in the template
   */
  Tables(DynamoDbClient client, Map<String, String> names) {
    this.client = client;
    this.names = Map.copyOf(names);
  }

  /** Every table's name. */
  Collection<String> names() {
    return names.values();
  }

  /** The messages that wait for somebody. */
  List<StoredRow> messagesFor(String recipientId) {
    return client
        .query(
            query ->
                query
                    .tableName(names.get(MESSAGES_TABLE))
                    .consistentRead(true)
                    .keyConditionExpression(RECIPIENT_ID + " = :recipient")
                    .expressionAttributeValues(
                        Map.of(":recipient", AttributeValue.fromS(recipientId))))
        .items()
        .stream()
        .map(StoredRow::new)
        .toList();
  }

  /** Tells every row of a table. */
  void forEachRow(String table, Consumer<StoredRow> rows) {
    Map<String, AttributeValue> from = null;
    do {
      Map<String, AttributeValue> start = from;
      ScanResponse page =
          client.scan(scan -> scan.tableName(table).consistentRead(true).exclusiveStartKey(start));
      page.items().forEach(item -> rows.accept(new StoredRow(item)));
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (from != null);
  }

  /** Writes other bytes into a message that waits. */
  void overwrite(StoredRow message, String attribute, byte[] bytes) {
    client.updateItem(
        update ->
            update
                .tableName(names.get(MESSAGES_TABLE))
                .key(
                    Map.of(
                        RECIPIENT_ID, message.attributes().get(RECIPIENT_ID),
                        MESSAGE_ID, message.attributes().get(MESSAGE_ID)))
                // A message that was handed over meanwhile doesn't come back.
                .conditionExpression("attribute_exists(" + MESSAGE_ID + ")")
                .updateExpression("SET #changed = :bytes")
                .expressionAttributeNames(Map.of("#changed", attribute))
                .expressionAttributeValues(
                    Map.of(":bytes", AttributeValue.fromB(SdkBytes.fromByteArray(bytes)))));
  }
}
