package io.quantchat.testing;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * One request to DynamoDB.
 *
 * @param operation such as {@code GetItem}
 * @param tables the tables it names, as the template calls them, in their order
 * @param units read or write units; none of a request that failed
 * @param roundTrip 1 if it waited for no other, else one more than what it waited for
 */
public record Call(String operation, List<String> tables, double units, int roundTrip) {

  /** A request for one table. */
  public Call(String operation, String table, double units, int roundTrip) {
    this(operation, List.of(table), units, roundTrip);
  }

  /** Whether it reads. */
  public boolean reads() {
    return switch (operation) {
      case "GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan" -> true;
      default -> false;
    };
  }

  static String operationOf(DynamoDbRequest request) {
    return request.getClass().getSimpleName().replace("Request", "");
  }

  static List<String> tablesOf(DynamoDbRequest request) {
    return namesOf(request).stream().map(StoreTables::logicalId).sorted().distinct().toList();
  }

  private static Collection<String> namesOf(DynamoDbRequest request) {
    return switch (request) {
      case BatchGetItemRequest batch -> batch.requestItems().keySet();
      case BatchWriteItemRequest batch -> batch.requestItems().keySet();
      case TransactGetItemsRequest all ->
          all.transactItems().stream().map(read -> read.get().tableName()).toList();
      case TransactWriteItemsRequest all ->
          all.transactItems().stream().map(Call::tableOf).collect(Collectors.toSet());
      default -> List.of(request.getValueForField("TableName", String.class).orElseThrow());
    };
  }

  private static String tableOf(TransactWriteItem write) {
    if (write.put() != null) {
      return write.put().tableName();
    }
    if (write.update() != null) {
      return write.update().tableName();
    }
    return write.delete() != null ? write.delete().tableName() : write.conditionCheck().tableName();
  }
}
