package io.quantchat.infra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** What of DynamoDB isn't here is refused by its name, never passed over. */
class RefusedByNameTest {

  private static final Set<String> HERE =
      Set.of(
          "batchGetItem",
          "batchWriteItem",
          "createTable",
          "deleteItem",
          "deleteTable",
          "describeTable",
          "describeTimeToLive",
          "getItem",
          "listTables",
          "putItem",
          "query",
          "scan",
          "transactGetItems",
          "transactWriteItems",
          "updateItem",
          "updateTable",
          "updateTimeToLive");

  static Stream<Method> operations() {
    return Stream.of(DynamoDbClient.class.getMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> DynamoDbRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
        .filter(method -> !method.getName().endsWith("Paginator"));
  }

  @Test
  void allOperationsThatAreHereAreOperations() {
    assertThat(operations().map(Method::getName)).containsAll(HERE);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationIsHereOrRefusedByName(Method operation) throws Exception {
    Object request = request(operation.getParameterTypes()[0]);
    try (var database = EmbeddedDatabase.inMemory();
        DynamoDbClient client = database.client()) {
      if (HERE.contains(operation.getName())) {
        assertThat(
                client
                    .getClass()
                    .getMethod(operation.getName(), request.getClass())
                    .getDeclaringClass())
            .isEqualTo(EmbeddedClient.class);
        return;
      }
      assertThatThrownBy(() -> call(client, operation, request))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageStartingWith(
              operation.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                  + operation.getName().substring(1)
                  + " ");
    }
  }

  /** A newer SDK may bring fields that nobody here knows: this fails then. */
  @Test
  void everyFieldOfARequestIsKnown() {
    var fields = new TreeMap<String, Set<String>>();
    operations()
        .filter(operation -> HERE.contains(operation.getName()))
        .forEach(
            operation ->
                fields.put(operation.getName(), fieldsOf(operation.getParameterTypes()[0])));

    assertThat(fields.get("getItem"))
        .containsExactlyInAnyOrder(
            "TableName",
            "Key",
            "AttributesToGet",
            "ConsistentRead",
            "ReturnConsumedCapacity",
            "ProjectionExpression",
            "ExpressionAttributeNames");
    assertThat(fields.get("putItem"))
        .containsExactlyInAnyOrder(
            "TableName",
            "Item",
            "Expected",
            "ReturnValues",
            "ReturnConsumedCapacity",
            "ReturnItemCollectionMetrics",
            "ConditionalOperator",
            "ConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnValuesOnConditionCheckFailure");
    assertThat(fields.values().stream().mapToInt(Set::size).sum()).isEqualTo(FIELDS);
  }

  private static final int FIELDS = 127;

  @Test
  void legacyParametersAreRefusedByName() {
    try (var database = EmbeddedDatabase.inMemory();
        DynamoDbClient client = database.client()) {
      TestTables.create(client, "rows", "id:S");
      assertThatThrownBy(() -> client.query(b -> b.tableName("rows").keyConditions(Map.of())))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageStartingWith("Query's KeyConditions ");
      assertThatThrownBy(() -> client.query(b -> b.tableName("rows").indexName("i")))
          .hasMessageStartingWith("Query's IndexName ");
      assertThatThrownBy(() -> client.scan(b -> b.tableName("rows").totalSegments(2).segment(0)))
          .hasMessageStartingWith("Scan's Segment ");
      assertThatThrownBy(
              () ->
                  client.putItem(
                      b ->
                          b.tableName("rows")
                              .item(TestTables.key("a"))
                              .returnItemCollectionMetrics("SIZE")))
          .hasMessageStartingWith("ReturnItemCollectionMetrics SIZE ");
      assertThatThrownBy(
              () ->
                  client.updateItem(
                      b -> b.tableName("rows").key(TestTables.key("a")).attributeUpdates(Map.of())))
          .hasMessageStartingWith("UpdateItem's AttributeUpdates ");
      assertThatThrownBy(
              () ->
                  client.getItem(
                      b ->
                          b.tableName("rows")
                              .key(TestTables.key("a"))
                              .attributesToGet(List.of("x"))))
          .hasMessageStartingWith("GetItem's AttributesToGet ");
    }
  }

  private static Set<String> fieldsOf(Class<?> type) {
    return ((SdkPojo) request(type))
        .sdkFields().stream()
            .map(SdkField::memberName)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Object request(Class<?> type) {
    try {
      Object builder = type.getMethod("builder").invoke(null);
      Method build = Class.forName(type.getName() + "$Builder").getMethod("build");
      return build.invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void call(DynamoDbClient client, Method operation, Object request)
      throws Throwable {
    try {
      operation.invoke(client, request);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
