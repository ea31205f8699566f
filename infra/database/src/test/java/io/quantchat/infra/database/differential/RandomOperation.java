package io.quantchat.infra.database.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * One random operation, to be done on two databases.
 *
 * @param request what is asked for, to be shown where the answers differ
 * @param decision the condition on which its answer depends
 */
record RandomOperation(Object request, Decision.Play play, Optional<Decision> decision) {

  private RandomOperation(Object request, Function<DynamoDbClient, String> operation) {
    this(request, (client, condition, shows) -> operation.apply(client), Optional.empty());
  }

  String on(DynamoDbClient client) {
    return play.on(client, UnaryOperator.identity(), item -> true);
  }

  /** Partition key {@code q} of text, sort key {@code m} of numbers, text or binary. */
  static final List<String> TABLES = List.of("by-number", "by-text", "by-binary");

  /** What the other implementation is asked. */
  enum Repertoire {
    /** Everything but transactions, wrong requests among them. */
    SINGLE,
    /** Right requests alone: transactions, and what shows their effects. */
    TRANSACTIONS,
    ALL
  }

  static RandomOperation next(Random random, Repertoire repertoire) {
    return new Maker(random, repertoire != Repertoire.TRANSACTIONS).next(repertoire);
  }

  private static final class Maker {
    private final RandomValues values;
    private final RandomExpressions expressions;
    private final String table;

    Maker(Random random, boolean isWild) {
      values = new RandomValues(random, isWild);
      expressions = new RandomExpressions(values);
      table = values.one(TABLES);
    }

    RandomOperation next(Repertoire repertoire) {
      List<Integer> operations =
          switch (repertoire) {
            case SINGLE -> List.of(0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 7);
            case TRANSACTIONS -> List.of(0, 5, 7, 8, 8);
            case ALL -> List.of(0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 7, 8);
          };
      return switch (values.one(operations)) {
        case 0 -> put();
        case 1 -> get();
        case 2 -> update();
        case 3 -> delete();
        case 4 -> query();
        case 5 -> scan();
        case 6 -> batchGet();
        case 7 -> batchWrite();
        default -> transaction();
      };
    }

    private RandomOperation put() {
      Map<String, AttributeValue> item = item();
      Optional<RandomCondition> condition = condition(40);
      var request =
          PutItemRequest.builder()
              .tableName(table)
              .item(item)
              .conditionExpression(text(condition))
              .expressionAttributeNames(expressions.names())
              .expressionAttributeValues(expressions.values())
              .returnValues(values.chance(30) ? ReturnValue.ALL_OLD : null)
              .returnValuesOnConditionCheckFailure(onFailure())
              .build();
      return new RandomOperation(
          request,
          (client, changed, shows) -> {
            var played = request.toBuilder().conditionExpression(changed(condition, changed));
            return Outcome.of(client.putItem(played.build()).attributes());
          },
          decision(condition, Map.of("q", item.get("q"), "m", item.get("m"))));
    }

    private RandomOperation get() {
      boolean isProjected = values.chance(30);
      var request =
          GetItemRequest.builder()
              .tableName(table)
              .key(key())
              .consistentRead(true)
              .projectionExpression(isProjected ? expressions.projection() : null)
              .build();
      return new RandomOperation(request, client -> Outcome.of(client.getItem(request).item()));
    }

    private RandomOperation update() {
      Map<String, AttributeValue> key = key();
      Optional<RandomCondition> condition = condition(30);
      var request =
          UpdateItemRequest.builder()
              .tableName(table)
              .key(key)
              .updateExpression(expressions.update())
              .conditionExpression(text(condition))
              .expressionAttributeNames(expressions.names())
              .expressionAttributeValues(expressions.values())
              .returnValues(
                  values.one(
                      List.of(
                          ReturnValue.NONE,
                          ReturnValue.ALL_OLD,
                          ReturnValue.ALL_NEW,
                          ReturnValue.UPDATED_OLD,
                          ReturnValue.UPDATED_NEW)))
              .returnValuesOnConditionCheckFailure(onFailure())
              .build();
      return new RandomOperation(
          request,
          (client, changed, shows) -> {
            var played = request.toBuilder().conditionExpression(changed(condition, changed));
            return Outcome.of(client.updateItem(played.build()).attributes());
          },
          decision(condition, key));
    }

    private RandomOperation delete() {
      Map<String, AttributeValue> key = key();
      Optional<RandomCondition> condition = condition(50);
      var request =
          DeleteItemRequest.builder()
              .tableName(table)
              .key(key)
              .conditionExpression(text(condition))
              .expressionAttributeNames(expressions.names())
              .expressionAttributeValues(expressions.values())
              .returnValues(values.chance(50) ? ReturnValue.ALL_OLD : null)
              .returnValuesOnConditionCheckFailure(onFailure())
              .build();
      return new RandomOperation(
          request,
          (client, changed, shows) -> {
            var played = request.toBuilder().conditionExpression(changed(condition, changed));
            return Outcome.of(client.deleteItem(played.build()).attributes());
          },
          decision(condition, key));
    }

    private RandomOperation query() {
      String keys = "q = " + expressions.place(partition());
      keys +=
          switch (values.one(List.of(0, 0, 1, 2, 3))) {
            case 1 ->
                " AND m " + values.one(List.of("=", "<", "<=", ">", ">=")) + " " + placedSort();
            case 2 -> " AND m BETWEEN " + placedSort() + " AND " + placedSort();
            case 3 -> " AND begins_with(m, " + placedSort() + ")";
            default -> "";
          };
      Optional<RandomCondition> filter = condition(40);
      var request =
          QueryRequest.builder()
              .tableName(table)
              .keyConditionExpression(keys)
              .filterExpression(text(filter))
              .expressionAttributeNames(expressions.names())
              .expressionAttributeValues(expressions.values())
              .scanIndexForward(values.chance(50))
              .limit(values.chance(50) ? values.one(List.of(1, 2, 3, 10)) : null)
              .exclusiveStartKey(values.chance(20) ? key() : null)
              .consistentRead(true)
              .build();
      return new RandomOperation(
          request,
          (client, changed, shows) -> {
            var played = request.toBuilder().filterExpression(changed(filter, changed));
            var answer = client.query(played.build());
            var shown = answer.items().stream().filter(shows).toList();
            return Outcome.of(shown)
                + (answer.count() - answer.items().size() + shown.size())
                + "/"
                + answer.scannedCount()
                + Outcome.of(answer.lastEvaluatedKey());
          },
          decision(filter, null));
    }

    /** All of a table, since no order is promised. */
    private RandomOperation scan() {
      Optional<RandomCondition> filter = condition(50);
      var request =
          ScanRequest.builder()
              .tableName(table)
              .filterExpression(text(filter))
              .expressionAttributeNames(expressions.names())
              .expressionAttributeValues(expressions.values())
              .consistentRead(true)
              .build();
      return new RandomOperation(
          request,
          (client, changed, shows) -> {
            var played = request.toBuilder().filterExpression(changed(filter, changed));
            var answer = client.scan(played.build());
            return answer.items().stream().filter(shows).map(Outcome::of).sorted().toList()
                + answer.scannedCount().toString();
          },
          decision(filter, null));
    }

    private RandomOperation batchGet() {
      var request =
          BatchGetItemRequest.builder()
              .requestItems(
                  Map.of(
                      table,
                      KeysAndAttributes.builder()
                          .keys(List.of(key(), key(), key()))
                          .consistentRead(true)
                          .build()))
              .build();
      return new RandomOperation(
          request,
          client ->
              client.batchGetItem(request).responses().get(table).stream()
                  .map(Outcome::of)
                  .sorted()
                  .toList()
                  .toString());
    }

    private RandomOperation batchWrite() {
      List<WriteRequest> writes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        writes.add(
            values.chance(60)
                ? WriteRequest.builder().putRequest(put -> put.item(item())).build()
                : WriteRequest.builder().deleteRequest(delete -> delete.key(key())).build());
      }
      var request = BatchWriteItemRequest.builder().requestItems(Map.of(table, writes)).build();
      return new RandomOperation(
          request, client -> client.batchWriteItem(request).unprocessedItems().toString());
    }

    private RandomOperation transaction() {
      List<TransactWriteItem> items = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        var own = new RandomExpressions(values);
        items.add(
            switch (values.one(List.of(0, 1, 2, 3))) {
              case 0 ->
                  TransactWriteItem.builder()
                      .put(
                          put ->
                              put.tableName(table)
                                  .item(item())
                                  .conditionExpression(
                                      values.chance(50) ? own.condition().text() : null)
                                  .expressionAttributeNames(own.names())
                                  .expressionAttributeValues(own.values())
                                  .returnValuesOnConditionCheckFailure(onFailure()))
                      .build();
              case 1 ->
                  TransactWriteItem.builder()
                      .update(
                          update ->
                              update
                                  .tableName(table)
                                  .key(key())
                                  .updateExpression(own.update())
                                  .expressionAttributeNames(own.names())
                                  .expressionAttributeValues(own.values()))
                      .build();
              case 2 ->
                  TransactWriteItem.builder()
                      .delete(delete -> delete.tableName(table).key(key()))
                      .build();
              default ->
                  TransactWriteItem.builder()
                      .conditionCheck(
                          check ->
                              check
                                  .tableName(table)
                                  .key(key())
                                  .conditionExpression(own.condition().text())
                                  .expressionAttributeNames(own.names())
                                  .expressionAttributeValues(own.values())
                                  .returnValuesOnConditionCheckFailure(onFailure()))
                      .build();
            });
      }
      var request = TransactWriteItemsRequest.builder().transactItems(items).build();
      return new RandomOperation(
          request,
          client -> {
            var answer = client.transactWriteItems(request);
            return Boolean.toString(answer.sdkHttpResponse().isSuccessful());
          });
    }

    private Optional<RandomCondition> condition(int ofHundred) {
      return values.chance(ofHundred) ? Optional.of(expressions.condition()) : Optional.empty();
    }

    /** Null where there is none, as the SDK has it. */
    private static String text(Optional<RandomCondition> condition) {
      return changed(condition, UnaryOperator.identity());
    }

    private static String changed(
        Optional<RandomCondition> condition, UnaryOperator<String> change) {
      return condition.map(RandomCondition::text).map(change).orElse(null);
    }

    /**
     * @param key null for a filter
     */
    private Optional<Decision> decision(
        Optional<RandomCondition> condition, Map<String, AttributeValue> key) {
      return condition.map(
          given -> new Decision(given, expressions, table, Optional.ofNullable(key)));
    }

    private ReturnValuesOnConditionCheckFailure onFailure() {
      return values.chance(50) ? ReturnValuesOnConditionCheckFailure.ALL_OLD : null;
    }

    private Map<String, AttributeValue> item() {
      Map<String, AttributeValue> item = new HashMap<>(key());
      for (String attribute : RandomValues.ATTRIBUTES) {
        if (values.chance(60)) {
          item.put(attribute, values.any());
        }
      }
      return item;
    }

    private Map<String, AttributeValue> key() {
      return Map.of("q", partition(), "m", sort());
    }

    private AttributeValue partition() {
      return AttributeValue.fromS(values.one(List.of("a", "b", "a\u0000b")));
    }

    private String placedSort() {
      return expressions.place(sort());
    }

    /** Of the table's type; of another now and then. */
    private AttributeValue sort() {
      if (values.isWild() && values.chance(2)) {
        return values.any();
      }
      return switch (table) {
        case "by-number" -> values.number();
        case "by-text" -> values.text();
        default -> values.binary();
      };
    }
  }
}
