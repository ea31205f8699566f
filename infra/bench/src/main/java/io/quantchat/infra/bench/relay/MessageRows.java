package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.warm.Stored;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import io.quantchat.infra.stack.Template;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows of messages of 1 kB, as the relay writes them, in the template's tables. */
final class MessageRows {

  private static final String MESSAGES = "RelayMessagesTable";
  private static final String RECIPIENT_ID = "recipient_id";
  private static final String MESSAGE_ID = "message_id";

  private final Map<String, AttributeValue> example = Stored.messageRow();
  private final String table;

  private MessageRows(String table) {
    this.table = table;
  }

  /** Makes the template's tables in a database, for rows to go into. */
  static MessageRows into(DynamoDbClient client) {
    Collection<TableSpec> tables =
        Template.read(Path.of(System.getProperty("quantchat.template", "template.yaml")))
            .resolve(Deployment.onThisMachine(0, Map.of()))
            .tables()
            .values();
    new Tables(client).create(tables, Tables.Reaping.NEVER);
    return new MessageRows(
        tables.stream()
            .filter(each -> each.logicalId().equals(MESSAGES))
            .map(TableSpec::name)
            .findAny()
            .orElseThrow());
  }

  /** The name of the messages' table. */
  String table() {
    return table;
  }

  /** Another row of a recipient's. */
  Map<String, AttributeValue> row(String recipientId) {
    Map<String, AttributeValue> row = new HashMap<>(example);
    row.put(RECIPIENT_ID, AttributeValue.fromS(recipientId));
    row.put(MESSAGE_ID, AttributeValue.fromS(UUID.randomUUID().toString()));
    return row;
  }

  /** The key of a row. */
  static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> row) {
    return Map.of(RECIPIENT_ID, row.get(RECIPIENT_ID), MESSAGE_ID, row.get(MESSAGE_ID));
  }
}
