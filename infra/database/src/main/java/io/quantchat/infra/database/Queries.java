package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.Condition;
import io.quantchat.infra.database.expression.ExpressionKind;
import io.quantchat.infra.database.expression.KeyCondition;
import io.quantchat.infra.database.expression.Placeholders;
import io.quantchat.infra.database.item.AttributeOrder;
import io.quantchat.infra.database.item.KeyBytes;
import io.quantchat.infra.database.storage.Storage;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Reads of many items, page by page.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html">Query</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html">Scan</a>
 */
final class Queries {

  private final TableOperations tables;

  Queries(TableOperations tables) {
    this.tables = tables;
  }

  QueryResponse query(QueryRequest request, Fate fate) {
    Requests.refuse(request.indexName() != null, "Query's IndexName");
    Requests.refuse(request.hasAttributesToGet(), "Query's AttributesToGet");
    Requests.refuse(request.hasKeyConditions(), "Query's KeyConditions");
    Requests.refuse(request.hasQueryFilter(), "Query's QueryFilter");
    Requests.refuse(request.conditionalOperator() != null, "Query's ConditionalOperator");
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    requireLimit(request.limit());
    requireSelect(request.selectAsString(), request.projectionExpression());
    if (request.keyConditionExpression() == null) {
      throw Refusals.invalid(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    Table table = tables.require(request.tableName());
    Placeholders placeholders =
        Placeholders.of(request.expressionAttributeNames(), request.expressionAttributeValues());
    KeyCondition keys =
        KeyCondition.parse(
            request.keyConditionExpression(),
            placeholders,
            table.partitionKey().name(),
            table.sortKey().map(Table.Key::name));
    Page.Filter filter = filterOfQuery(table, request.filterExpression(), placeholders);
    var shown = ItemReads.Shown.of(request.projectionExpression(), placeholders);
    placeholders.requireAllUsed();
    boolean isForward = !Boolean.FALSE.equals(request.scanIndexForward());
    Storage.Range range = KeyRanges.of(table, keys, isForward);
    if (request.hasExclusiveStartKey()) {
      range = behind(startOfQuery(table, keys, request.exclusiveStartKey()), range);
    }
    boolean isConsistent = Boolean.TRUE.equals(request.consistentRead());
    Page page = page(table, request.limit(), filter, request.select());
    fate.rows(isConsistent).scan(table, range, page);
    QueryResponse.Builder response = Answers.ok(QueryResponse.builder());
    if (request.select() != Select.COUNT) {
      response.items(shown.of(page.items()));
    }
    return response
        .count(page.count())
        .scannedCount(page.scannedCount())
        .lastEvaluatedKey(page.lastEvaluatedKey())
        .consumedCapacity(
            Capacity.consumed(
                request.returnConsumedCapacity(), table.name(), page.units(isConsistent)))
        .build();
  }

  ScanResponse scan(ScanRequest request, Fate fate) {
    Requests.refuse(request.indexName() != null, "Scan's IndexName");
    Requests.refuse(request.hasAttributesToGet(), "Scan's AttributesToGet");
    Requests.refuse(request.hasScanFilter(), "Scan's ScanFilter");
    Requests.refuse(request.conditionalOperator() != null, "Scan's ConditionalOperator");
    Requests.refuse(request.segment() != null, "Scan's Segment");
    Requests.refuse(request.totalSegments() != null, "Scan's TotalSegments");
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    requireLimit(request.limit());
    requireSelect(request.selectAsString(), request.projectionExpression());
    if (request.filterExpression() == null) {
      if (request.projectionExpression() == null) {
        Guard.refuseNames(request.expressionAttributeNames());
      }
      Guard.refuseValues(request.expressionAttributeValues(), "FilterExpression is null");
    }
    Table table = tables.require(request.tableName());
    Placeholders placeholders =
        Placeholders.of(request.expressionAttributeNames(), request.expressionAttributeValues());
    Page.Filter filter = filter(request.filterExpression(), placeholders);
    var shown = ItemReads.Shown.of(request.projectionExpression(), placeholders);
    placeholders.requireAllUsed();
    Storage.Range range = new Storage.Range(null, null, true);
    if (request.hasExclusiveStartKey()) {
      range = behind(start(table, request.exclusiveStartKey()), range);
    }
    boolean isConsistent = Boolean.TRUE.equals(request.consistentRead());
    Page page = page(table, request.limit(), filter, request.select());
    fate.rows(isConsistent).scan(table, range, page);
    ScanResponse.Builder response = Answers.ok(ScanResponse.builder());
    if (request.select() != Select.COUNT) {
      response.items(shown.of(page.items()));
    }
    return response
        .count(page.count())
        .scannedCount(page.scannedCount())
        .lastEvaluatedKey(page.lastEvaluatedKey())
        .consumedCapacity(
            Capacity.consumed(
                request.returnConsumedCapacity(), table.name(), page.units(isConsistent)))
        .build();
  }

  /** A query's filter, which can't name the key; a scan's can. */
  private static Page.Filter filterOfQuery(
      Table table, String expression, Placeholders placeholders) {
    Page.Filter filter = filter(expression, placeholders);
    if (expression != null) {
      for (String attribute : filter.condition().attributes(placeholders)) {
        if (ItemKeys.isKey(table, attribute)) {
          throw Refusals.invalid(
              "Filter Expression can only contain non-primary key attributes: Primary key"
                  + " attribute: "
                  + attribute);
        }
      }
    }
    return filter;
  }

  private static Page.Filter filter(String expression, Placeholders placeholders) {
    if (expression == null) {
      return new Page.Filter(null, null);
    }
    Condition condition = Condition.parse(ExpressionKind.FILTER, expression);
    condition.check(placeholders);
    return new Page.Filter(condition, placeholders);
  }

  private static Page page(Table table, Integer limit, Page.Filter filter, Select select) {
    return new Page(table, limit == null ? 0 : limit, filter, select != Select.COUNT);
  }

  private static void requireLimit(Integer limit) {
    if (limit != null && limit < 1) {
      throw Requests.constraint(
          limit, "limit", "Member must have value greater than or equal to 1");
    }
  }

  private static void requireSelect(String given, String projection) {
    if (given == null) {
      return;
    }
    Select select = Select.fromValue(given);
    switch (select) {
      case ALL_ATTRIBUTES, COUNT -> {
        if (projection != null) {
          throw Refusals.invalid(
              "Cannot specify the ProjectionExpression when choosing to get "
                  + (select == Select.COUNT ? "only the Count" : "ALL_ATTRIBUTES"));
        }
      }
      case SPECIFIC_ATTRIBUTES -> {
        if (projection == null) {
          throw Refusals.invalid(
              "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                  + " SPECIFIC_ATTRIBUTES");
        }
      }
      case ALL_PROJECTED_ATTRIBUTES ->
          throw Refusals.invalid(
              "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
      case UNKNOWN_TO_SDK_VERSION ->
          throw Requests.notOneOf(
              given,
              "select",
              "[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]");
    }
  }

  private static byte[] startOfQuery(
      Table table, KeyCondition keys, Map<String, AttributeValue> key) {
    byte[] start = start(table, key);
    boolean isInPartition =
        AttributeOrder.equal(key.get(table.partitionKey().name()), keys.partition());
    if (keys.sort().isEmpty() && !isInPartition) {
      throw Refusals.invalid(
          "The provided starting key is outside query boundaries based on provided conditions");
    }
    if (keys.sort().isPresent()
        && !keys.sort().get().holds(key.get(table.sortKey().orElseThrow().name()))) {
      throw Refusals.invalid("The provided starting key does not match the range key predicate");
    }
    if (!isInPartition) {
      throw Refusals.invalid("The query can return at most one row and cannot be restarted");
    }
    return start;
  }

  private static byte[] start(Table table, Map<String, AttributeValue> key) {
    if (!ItemKeys.hasNames(table, key)) {
      throw Refusals.invalid("The provided starting key is invalid");
    }
    return ItemKeys.ofKey(table, key);
  }

  private static Storage.Range behind(byte[] start, Storage.Range range) {
    return range.forward()
        ? new Storage.Range(KeyBytes.justBehind(start), range.to(), true)
        : new Storage.Range(range.from(), start, false);
  }
}
