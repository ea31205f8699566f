package io.quantchat.infra.database.differential;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Makes operations on one item, and reads of many. */
final class RandomOperations {

  private final RandomValues values;
  private final RandomItems items;
  private final RandomBatches batches;
  private final RandomExpressions expressions;
  private final String table;

  RandomOperations(RandomValues values, RandomItems items) {
    this.values = values;
    this.items = items;
    batches = new RandomBatches(values, items);
    expressions = new RandomExpressions(values);
    table = items.table();
  }

  RandomOperation next(RandomOperation.Repertoire repertoire) {
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
      case 6 -> batches.get();
      case 7 -> batches.write();
      default -> batches.transaction();
    };
  }

  private RandomOperation put() {
    Map<String, AttributeValue> item = items.item();
    Optional<RandomCondition> condition = condition(40);
    var request =
        PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .conditionExpression(text(condition))
            .expressionAttributeNames(expressions.names())
            .expressionAttributeValues(expressions.values())
            .returnValues(values.chance(30) ? ReturnValue.ALL_OLD : null)
            .returnValuesOnConditionCheckFailure(items.onFailure())
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
            .key(items.key())
            .consistentRead(true)
            .projectionExpression(isProjected ? expressions.projection() : null)
            .build();
    return new RandomOperation(request, client -> Outcome.of(client.getItem(request).item()));
  }

  private RandomOperation update() {
    Map<String, AttributeValue> key = items.key();
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
            .returnValuesOnConditionCheckFailure(items.onFailure())
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
    Map<String, AttributeValue> key = items.key();
    Optional<RandomCondition> condition = condition(50);
    var request =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(key)
            .conditionExpression(text(condition))
            .expressionAttributeNames(expressions.names())
            .expressionAttributeValues(expressions.values())
            .returnValues(values.chance(50) ? ReturnValue.ALL_OLD : null)
            .returnValuesOnConditionCheckFailure(items.onFailure())
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
    String keys = "q = " + expressions.place(items.partition());
    keys +=
        switch (values.one(List.of(0, 0, 1, 2, 3))) {
          case 1 -> " AND m " + values.one(List.of("=", "<", "<=", ">", ">=")) + " " + placedSort();
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
            .exclusiveStartKey(values.chance(20) ? items.key() : null)
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

  private String placedSort() {
    return expressions.place(items.sort());
  }

  private Optional<RandomCondition> condition(int ofHundred) {
    return values.chance(ofHundred) ? Optional.of(expressions.condition()) : Optional.empty();
  }

  /** Null where there is none, as the SDK has it. */
  private static String text(Optional<RandomCondition> condition) {
    return changed(condition, UnaryOperator.identity());
  }

  private static String changed(Optional<RandomCondition> condition, UnaryOperator<String> change) {
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
}
