package io.quantchat.infra.database.differential;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** The tables that both databases have. */
final class ComparedTables {

  private static final Map<String, String> SORT_TYPES =
      Map.of("by-number", "N", "by-text", "S", "by-binary", "B");

  private ComparedTables() {}

  static void create(DynamoDbClient client) {
    for (String table : RandomOperation.TABLES) {
      client.createTable(
          CreateTableRequest.builder()
              .tableName(table)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(definition("q", "S"), definition("m", SORT_TYPES.get(table)))
              .keySchema(element("q", KeyType.HASH), element("m", KeyType.RANGE))
              .build());
      client.waiter().waitUntilTableExists(b -> b.tableName(table));
    }
  }

  static void delete(DynamoDbClient client) {
    RandomOperation.TABLES.forEach(table -> client.deleteTable(b -> b.tableName(table)));
  }

  /** Empties all, so that both begin anew. */
  static void clear(DynamoDbClient client) {
    for (String table : RandomOperation.TABLES) {
      List<Map<String, AttributeValue>> keys =
          client
              .scanPaginator(b -> b.tableName(table).projectionExpression("q, m"))
              .items()
              .stream()
              .toList();
      keys.forEach(key -> client.deleteItem(b -> b.tableName(table).key(key)));
    }
  }

  private static AttributeDefinition definition(String name, String type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
