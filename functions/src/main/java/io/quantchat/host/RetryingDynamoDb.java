package io.quantchat.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Tries again what DynamoDB leaves to its callers and the SDK doesn't do either, with waits that
 * grow and end ({@link Backoff}):
 *
 * <ul>
 *   <li>keys and items that a batch left unprocessed (API Reference, BatchGetItem, BatchWriteItem):
 *       an answer from here never has any;
 *   <li>a write of one item that meets a transaction (TransactionConflictException);
 *   <li>a transaction that was cancelled for nothing but that others were writing, or that there
 *       were too many of them. One of which a condition wasn't met has its answer.
 * </ul>
 *
 * <p>In each case nothing was done of what is tried again. What doesn't succeed in the end fails as
 * DynamoDB said it, or as too much at once for a batch: to a caller of ours a 503 with {@code
 * Retry-After}.
 */
public final class RetryingDynamoDb implements DynamoDbClient {

  /**
   * Reasons for which a transaction may succeed in a moment (TransactWriteItems, API Reference).
   */
  private static final Set<String> PASSING =
      Set.of("None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private final DynamoDbClient client;
  private final Backoff backoff;

  /** Asks through this client, and waits like that. */
  public RetryingDynamoDb(DynamoDbClient client, Backoff backoff) {
    this.client = client;
    this.backoff = backoff;
  }

  Backoff.Sleeper sleeper() {
    return backoff.sleeper();
  }

  /** Everything that was asked for and is there: nothing is left unprocessed. */
  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    BatchGetItemResponse answer = client.batchGetItem(request);
    if (isAll(answer.unprocessedKeys())) {
      return answer;
    }
    var found = new HashMap<String, List<Map<String, AttributeValue>>>();
    collect(answer, found);
    for (int tries = 1; !isAll(answer.unprocessedKeys()); tries++) {
      awaitTurn(tries);
      Map<String, KeysAndAttributes> left = answer.unprocessedKeys();
      answer = client.batchGetItem(request.toBuilder().requestItems(left).build());
      collect(answer, found);
    }
    return answer.toBuilder().responses(found).build();
  }

  private static void collect(
      BatchGetItemResponse answer, Map<String, List<Map<String, AttributeValue>>> found) {
    answer
        .responses()
        .forEach(
            (table, items) ->
                found.computeIfAbsent(table, none -> new ArrayList<>()).addAll(items));
  }

  /** Writes everything, or fails: nothing is left unprocessed. */
  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    BatchWriteItemResponse answer = client.batchWriteItem(request);
    for (int tries = 1; !isAll(answer.unprocessedItems()); tries++) {
      awaitTurn(tries);
      Map<String, List<WriteRequest>> left = answer.unprocessedItems();
      answer = client.batchWriteItem(request.toBuilder().requestItems(left).build());
    }
    return answer;
  }

  private static boolean isAll(Map<String, ?> unprocessed) {
    return unprocessed == null || unprocessed.isEmpty();
  }

  private void awaitTurn(int tries) {
    if (!backoff.waitsAfter(tries)) {
      throw ProvisionedThroughputExceededException.builder()
          .message("Of a batch some was left unprocessed, " + tries + " times")
          .build();
    }
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return retrying(() -> client.putItem(request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return retrying(() -> client.updateItem(request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return retrying(() -> client.deleteItem(request));
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return retrying(() -> client.transactWriteItems(request));
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return retrying(() -> client.transactGetItems(request));
  }

  private <T> T retrying(Supplier<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return work.get();
      } catch (TransactionConflictException | TransactionCanceledException refused) {
        if (!isPassing(refused) || !backoff.waitsAfter(tries)) {
          throw refused;
        }
      }
    }
  }

  private static boolean isPassing(DynamoDbException refused) {
    Predicate<CancellationReason> passes =
        reason -> reason.code() == null || PASSING.contains(reason.code());
    return !(refused instanceof TransactionCanceledException cancelled)
        || (cancelled.hasCancellationReasons()
            && cancelled.cancellationReasons().stream().allMatch(passes));
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return client.getItem(request);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return client.query(request);
  }

  @Override
  public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
    return client.serviceClientConfiguration();
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {
    client.close();
  }
}
