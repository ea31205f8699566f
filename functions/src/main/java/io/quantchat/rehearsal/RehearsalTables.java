package io.quantchat.rehearsal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The tables as a rehearsal sees them. Every request really goes out, but nothing is ever written:
 * each write carries a condition that no item meets, or lacks its key. What was put is remembered
 * here and found again, so that the rehearsal goes on as if it had been stored.
 *
 * <p>Conditions and updates have no effect on what is remembered: rehearsals don't need it.
 */
final class RehearsalTables implements DynamoDbClient {

  /**
   * No item has an attribute and hasn't. It is one that the write names anyhow: roles may allow a
   * function to name some and no others.
   */
  private static final String NEVER =
      "attribute_exists(#rehearsed) AND attribute_not_exists(#rehearsed)";

  /** What a key's condition says that an attribute equals. */
  private static final Pattern EQUALS = Pattern.compile("(\\w+) = (:\\w+)");

  private final DynamoDbClient real;
  private final Map<String, List<Map<String, AttributeValue>>> remembered =
      new ConcurrentHashMap<>();

  /** Tables that hold nothing, as far as a rehearsal sees. */
  RehearsalTables(DynamoDbClient real) {
    this.real = real;
  }

  /** The same tables for who sets the stage: what is put is remembered, and no request goes out. */
  DynamoDbClient props() {
    return new Props();
  }

  private final class Props implements DynamoDbClient {

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return answerOf(request);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      return answerOf(request);
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      return UpdateItemResponse.builder().build();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      remember(request.tableName(), request.item());
      return PutItemResponse.builder().build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      rememberPuts(request);
      return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    real.getItem(request.toBuilder().overrideConfiguration(once()).build());
    return answerOf(request);
  }

  private GetItemResponse answerOf(GetItemRequest request) {
    return found(request.tableName(), request.key())
        .map(item -> GetItemResponse.builder().item(item).build())
        .orElse(GetItemResponse.builder().build());
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    real.batchGetItem(request.toBuilder().overrideConfiguration(once()).build());
    var responses = new HashMap<String, List<Map<String, AttributeValue>>>();
    request
        .requestItems()
        .forEach(
            (table, wanted) ->
                responses.put(
                    table,
                    wanted.keys().stream().flatMap(key -> found(table, key).stream()).toList()));
    return BatchGetItemResponse.builder().responses(responses).unprocessedKeys(Map.of()).build();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    QueryResponse really = real.query(request.toBuilder().overrideConfiguration(once()).build());
    return answerOf(request).toBuilder().consumedCapacity(really.consumedCapacity()).build();
  }

  /** Finds every item that equals what the key's condition asks for, as far as it says equal. */
  private QueryResponse answerOf(QueryRequest request) {
    var asked =
        EQUALS
            .matcher(request.keyConditionExpression())
            .results()
            .collect(
                Collectors.toMap(
                    equal -> equal.group(1),
                    equal -> request.expressionAttributeValues().get(equal.group(2))));
    var items =
        itemsOf(request.tableName()).stream()
            .filter(item -> item.entrySet().containsAll(asked.entrySet()))
            .toList();
    return QueryResponse.builder()
        .items(items)
        .count(items.size())
        .scannedCount(items.size())
        .build();
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    tryInVain(
        () ->
            real.putItem(
                request.toBuilder()
                    .conditionExpression(never(request.conditionExpression()))
                    .expressionAttributeNames(
                        names(request.expressionAttributeNames(), request.item()))
                    .overrideConfiguration(once())
                    .build()));
    remember(request.tableName(), request.item());
    return PutItemResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    tryInVain(
        () ->
            real.updateItem(
                request.toBuilder()
                    .conditionExpression(never(request.conditionExpression()))
                    .expressionAttributeNames(
                        names(request.expressionAttributeNames(), request.key()))
                    .overrideConfiguration(once())
                    .build()));
    return UpdateItemResponse.builder()
        .attributes(found(request.tableName(), request.key()).orElse(request.key()))
        .build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    tryInVain(
        () ->
            real.deleteItem(
                request.toBuilder()
                    .conditionExpression(never(request.conditionExpression()))
                    .expressionAttributeNames(
                        names(request.expressionAttributeNames(), request.key()))
                    .overrideConfiguration(once())
                    .build()));
    Optional<Map<String, AttributeValue>> old = found(request.tableName(), request.key());
    old.ifPresent(itemsOf(request.tableName())::remove);
    return DeleteItemResponse.builder().attributes(old.orElse(null)).build();
  }

  /**
   * Puts of a batch can carry no condition. They go out without keys: DynamoDB refuses a batch as a
   * whole if one of its items hasn't the table's key (API reference, BatchWriteItem).
   */
  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    var keyless = new HashMap<String, List<WriteRequest>>();
    request
        .requestItems()
        .forEach(
            (table, writes) ->
                keyless.put(table, writes.stream().map(RehearsalTables::keyless).toList()));
    tryInVain(
        () ->
            real.batchWriteItem(
                request.toBuilder().requestItems(keyless).overrideConfiguration(once()).build()));
    request
        .requestItems()
        .forEach(
            (table, writes) -> writes.forEach(write -> remember(table, write.putRequest().item())));
    return BatchWriteItemResponse.builder().unprocessedItems(Map.of()).build();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    tryInVain(
        () ->
            real.transactWriteItems(
                request.toBuilder()
                    .transactItems(
                        request.transactItems().stream().map(RehearsalTables::never).toList())
                    .overrideConfiguration(once())
                    .build()));
    rememberPuts(request);
    return TransactWriteItemsResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The real client goes on living. */
  @Override
  public void close() {}

  /**
   * @throws IllegalStateException if the write was made
   */
  private static void tryInVain(Runnable write) {
    try {
      write.run();
    } catch (ConditionalCheckFailedException | TransactionCanceledException asMeant) {
      return;
    } catch (DynamoDbException refused) {
      if (refused.awsErrorDetails().errorCode().equals("ValidationException")) {
        return;
      }
      throw refused;
    }
    throw new IllegalStateException("A rehearsal has written to a table");
  }

  private static WriteRequest keyless(WriteRequest write) {
    AttributeValue item = AttributeValue.fromM(write.putRequest().item());
    return write.toBuilder().putRequest(put -> put.item(Map.of("rehearsal", item))).build();
  }

  private static String never(String condition) {
    return condition == null ? NEVER : "(" + condition + ") AND " + NEVER;
  }

  private static Map<String, String> names(
      Map<String, String> given, Map<String, AttributeValue> item) {
    var names = new HashMap<>(given);
    names.put("#rehearsed", item.keySet().stream().sorted().findFirst().orElseThrow());
    return names;
  }

  private static TransactWriteItem never(TransactWriteItem write) {
    TransactWriteItem.Builder vain = write.toBuilder();
    Put put = write.put();
    Update update = write.update();
    Delete delete = write.delete();
    if (put != null) {
      vain.put(
          put.toBuilder()
              .conditionExpression(never(put.conditionExpression()))
              .expressionAttributeNames(names(put.expressionAttributeNames(), put.item()))
              .build());
    }
    if (update != null) {
      vain.update(
          update.toBuilder()
              .conditionExpression(never(update.conditionExpression()))
              .expressionAttributeNames(names(update.expressionAttributeNames(), update.key()))
              .build());
    }
    if (delete != null) {
      vain.delete(
          delete.toBuilder()
              .conditionExpression(never(delete.conditionExpression()))
              .expressionAttributeNames(names(delete.expressionAttributeNames(), delete.key()))
              .build());
    }
    return vain.build();
  }

  /** No connection is left open: in a snapshot it would be dead, and the first request's fault. */
  private static AwsRequestOverrideConfiguration once() {
    return AwsRequestOverrideConfiguration.builder().putHeader("Connection", "close").build();
  }

  private void remember(String table, Map<String, AttributeValue> item) {
    itemsOf(table).add(item);
  }

  private void rememberPuts(TransactWriteItemsRequest request) {
    for (TransactWriteItem write : request.transactItems()) {
      if (write.put() != null) {
        remember(write.put().tableName(), write.put().item());
      }
    }
  }

  private Optional<Map<String, AttributeValue>> found(
      String table, Map<String, AttributeValue> key) {
    return itemsOf(table).stream()
        .filter(item -> item.entrySet().containsAll(key.entrySet()))
        .findFirst();
  }

  private List<Map<String, AttributeValue>> itemsOf(String table) {
    return remembered.computeIfAbsent(table, name -> new CopyOnWriteArrayList<>());
  }
}
