package io.quantchat.infra.database;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** Tables and items of tests. */
final class TestTables {

  private TestTables() {}

  /**
   * Makes a table.
   *
   * @param keys each a name and a type, such as {@code id:S}; the partition key first
   */
  static void create(DynamoDbClient client, String table, String... keys) {
    client.createTable(request(table, keys));
    client.waiter().waitUntilTableExists(b -> b.tableName(table));
  }

  static CreateTableRequest request(String table, String... keys) {
    return CreateTableRequest.builder()
        .tableName(table)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(Stream.of(keys).map(TestTables::definition).toList())
        .keySchema(
            Stream.of(keys)
                .map(key -> element(key, key.equals(keys[0]) ? KeyType.HASH : KeyType.RANGE))
                .toList())
        .build();
  }

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  static Map<String, AttributeValue> key(String id) {
    return Map.of("id", s(id));
  }

  private static AttributeDefinition definition(String key) {
    return AttributeDefinition.builder()
        .attributeName(key.substring(0, key.indexOf(':')))
        .attributeType(key.substring(key.indexOf(':') + 1))
        .build();
  }

  private static KeySchemaElement element(String key, KeyType type) {
    return KeySchemaElement.builder()
        .attributeName(key.substring(0, key.indexOf(':')))
        .keyType(type)
        .build();
  }
}
