package io.quantchat.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** A look into the table of pending messages, in DynamoDB's own JSON. */
final class StoredRows {

  /** DynamoDB Local wants a signature's form and checks none. */
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=demo/20260101/us-east-1/dynamodb/aws4_request, "
          + "SignedHeaders=host, Signature=0";

  private final HttpClient client;
  private final URI dynamoDb;
  private final String table;

  StoredRows(HttpClient client, URI dynamoDb, String table) {
    this.client = client;
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  String table() {
    return table;
  }

  /** Every row of a recipient, each an object from attribute name to {@code {type: value}}. */
  List<JsonNode> of(String recipientId) throws Difference {
    ObjectNode query = Wire.object();
    query.put("TableName", table);
    query.put("ConsistentRead", true);
    query.put("KeyConditionExpression", "recipient_id = :recipient");
    query.putObject("ExpressionAttributeValues").putObject(":recipient").put("S", recipientId);
    HttpRequest request =
        HttpRequest.newBuilder(dynamoDb)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810.Query")
            .header("Authorization", AUTHORIZATION)
            .POST(BodyPublishers.ofString(query.toString()))
            .build();
    JsonNode items = Wire.exchange(client, request).expect(200).body().path("Items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }
}
