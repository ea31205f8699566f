package io.quantchat.infra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.database.storage.DiskStorage;
import io.quantchat.infra.database.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class EmbeddedDatabaseTest {

  private final EmbeddedDatabase database = EmbeddedDatabase.inMemory();
  private final DynamoDbClient client = database.client();

  @BeforeEach
  void makeTable() {
    client.createTable(
        CreateTableRequest.builder()
            .tableName("messages")
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder().attributeName("q").attributeType("S").build(),
                AttributeDefinition.builder().attributeName("m").attributeType("N").build())
            .keySchema(
                KeySchemaElement.builder().attributeName("q").keyType(KeyType.HASH).build(),
                KeySchemaElement.builder().attributeName("m").keyType(KeyType.RANGE).build())
            .build());
    client.waiter().waitUntilTableExists(b -> b.tableName("messages"));
  }

  @AfterEach
  void close() {
    client.close();
    database.close();
  }

  @Test
  void aFolderWhoseTablesCantBeUsedIsLetGoOf(@TempDir Path folder) {
    byte[] ofLaterVersion = {99};
    try (var storage = DiskStorage.open(folder)) {
      storage.createSpace("tables");
      storage.change(
          change -> {
            change.put("tables", new byte[] {1}, ofLaterVersion);
            return null;
          });
    }

    assertThatThrownBy(() -> EmbeddedDatabase.onDisk(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format 99");

    DiskStorage.open(folder).close();
  }

  @Test
  void whatIsPutIsThere() {
    client.putItem(b -> b.tableName("messages").item(item("a", "1.0")));

    var found = client.getItem(b -> b.tableName("messages").key(key("a", "1")));

    assertThat(found.hasItem()).isTrue();
    assertThat(found.item()).isEqualTo(item("a", "1"));
    assertThat(client.getItem(b -> b.tableName("messages").key(key("a", "2"))).hasItem()).isFalse();
  }

  @Test
  void aConditionIsKept() {
    client.putItem(b -> b.tableName("messages").item(item("a", "1")));

    assertThatThrownBy(
            () ->
                client.putItem(
                    b ->
                        b.tableName("messages")
                            .item(item("a", "1"))
                            .conditionExpression("attribute_not_exists(q)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorMessage())
                  .isEqualTo("The conditional request failed");
              assertThat(refused.item()).isEqualTo(item("a", "1"));
            });
  }

  @Test
  void aQueryGoesByNumbersInBothDirections() {
    for (String number : List.of("10", "9", "-1", "-1.5", "0", "100")) {
      client.putItem(b -> b.tableName("messages").item(item("a", number)));
    }
    client.putItem(b -> b.tableName("messages").item(item("b", "5")));

    assertThat(numbers(true)).containsExactly("-1.5", "-1", "0", "9", "10", "100");
    assertThat(numbers(false)).containsExactly("100", "10", "9", "0", "-1", "-1.5");
  }

  @Test
  void anUpdateCountsAndTellsWhatWas() {
    client.updateItem(
        b ->
            b.tableName("messages")
                .key(key("a", "1"))
                .updateExpression("ADD n :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));

    var changed =
        client.updateItem(
            b ->
                b.tableName("messages")
                    .key(key("a", "1"))
                    .updateExpression("ADD n :one")
                    .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                    .returnValues(ReturnValue.UPDATED_OLD)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

    assertThat(changed.attributes()).isEqualTo(Map.of("n", AttributeValue.fromN("1")));
    assertThat(changed.consumedCapacity().capacityUnits()).isEqualTo(1.0);
  }

  @Test
  void aTransactionWritesAllOrNothing() {
    client.putItem(b -> b.tableName("messages").item(item("a", "1")));

    TransactWriteItem first = put(Put.builder().item(item("b", "1")));
    TransactWriteItem second =
        put(Put.builder().item(item("a", "1")).conditionExpression("attribute_not_exists(q)"));

    assertThatThrownBy(() -> client.transactWriteItems(b -> b.transactItems(first, second)))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled ->
                assertThat(cancelled.cancellationReasons())
                    .extracting(reason -> reason.code())
                    .containsExactly("None", "ConditionalCheckFailed"));

    assertThat(client.getItem(b -> b.tableName("messages").key(key("b", "1"))).hasItem()).isFalse();
  }

  private List<String> numbers(boolean isForward) {
    return client
        .queryPaginator(
            b ->
                b.tableName("messages")
                    .keyConditionExpression("q = :q")
                    .expressionAttributeValues(Map.of(":q", AttributeValue.fromS("a")))
                    .limit(2)
                    .scanIndexForward(isForward))
        .items()
        .stream()
        .map(item -> item.get("m").n())
        .toList();
  }

  private static TransactWriteItem put(Put.Builder put) {
    return TransactWriteItem.builder().put(put.tableName("messages").build()).build();
  }

  private static Map<String, AttributeValue> key(String queue, String message) {
    return Map.of("q", AttributeValue.fromS(queue), "m", AttributeValue.fromN(message));
  }

  private static Map<String, AttributeValue> item(String queue, String message) {
    return Map.of(
        "q",
        AttributeValue.fromS(queue),
        "m",
        AttributeValue.fromN(message),
        "text",
        AttributeValue.fromS("é𝄞"));
  }
}
