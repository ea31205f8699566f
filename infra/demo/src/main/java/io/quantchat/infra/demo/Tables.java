package io.quantchat.infra.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** The server's tables, read and written behind its back, in DynamoDB's own JSON. */
final class Tables {

  private static final String MESSAGES_TABLE = "RelayMessagesTable";
  private static final String RECIPIENT_ID = "recipient_id";
  private static final String MESSAGE_ID = "message_id";

  /** DynamoDB Local wants a signature's form and checks none. */
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=demo/20260101/us-east-1/dynamodb/aws4_request, "
          + "SignedHeaders=host, Signature=0";

  private final HttpClient client;
  private final URI dynamoDb;
  private final Map<String, String> names;

  /**
   * @param names the tables' names by their logical ids in the template
   */
  Tables(HttpClient client, URI dynamoDb, Map<String, String> names) {
    this.client = client;
    this.dynamoDb = dynamoDb;
    this.names = Map.copyOf(names);
  }

  /** Every table's name. */
  Collection<String> names() {
    return names.values();
  }

  /** The messages that wait for somebody. */
  List<StoredRow> messagesFor(String recipientId) throws Difference {
    ObjectNode query = of(names.get(MESSAGES_TABLE));
    query.put("ConsistentRead", true);
    query.put("KeyConditionExpression", RECIPIENT_ID + " = :recipient");
    query.putObject("ExpressionAttributeValues").putObject(":recipient").put("S", recipientId);
    JsonNode items = call("Query", query).path("Items");
    return StreamSupport.stream(items.spliterator(), false).map(StoredRow::new).toList();
  }

  /** Tells every row of a table. */
  void forEachRow(String table, Consumer<StoredRow> rows) throws Difference {
    JsonNode from = null;
    do {
      ObjectNode scan = of(table);
      scan.put("ConsistentRead", true);
      if (from != null) {
        scan.set("ExclusiveStartKey", from);
      }
      JsonNode page = call("Scan", scan);
      page.path("Items").forEach(item -> rows.accept(new StoredRow(item)));
      from = page.get("LastEvaluatedKey");
    } while (from != null);
  }

  /** Writes other bytes into a message that waits. */
  void overwrite(StoredRow message, String attribute, byte[] bytes) throws Difference {
    ObjectNode update = of(names.get(MESSAGES_TABLE));
    ObjectNode key = update.putObject("Key");
    for (String part : List.of(RECIPIENT_ID, MESSAGE_ID)) {
      key.set(part, message.attributes().path(part));
    }
    // A message that was handed over meanwhile doesn't come back.
    update.put("ConditionExpression", "attribute_exists(" + MESSAGE_ID + ")");
    update.put("UpdateExpression", "SET #changed = :bytes");
    update.putObject("ExpressionAttributeNames").put("#changed", attribute);
    update.putObject("ExpressionAttributeValues").putObject(":bytes").put("B", bytes);
    call("UpdateItem", update);
  }

  private static ObjectNode of(String table) {
    return Wire.object().put("TableName", table);
  }

  private JsonNode call(String operation, ObjectNode body) throws Difference {
    HttpRequest request =
        HttpRequest.newBuilder(dynamoDb)
            .timeout(Patience.LONGEST)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Authorization", AUTHORIZATION)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return Wire.exchange(client, request).expect(200).body();
  }
}
