package io.quantchat.testing;

import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A client of which every request for items goes through an interceptor. What is no such request,
 * such as one for a table, it refuses.
 */
final class InterceptedDynamoDb implements DynamoDbClient {

  private final DynamoDbClient client;
  private final RequestInterceptor interceptor;

  InterceptedDynamoDb(DynamoDbClient client, RequestInterceptor interceptor) {
    this.client = client;
    this.interceptor = interceptor;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return ask(GetItemRequest.class, request, client::getItem, GetItemResponse.class);
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return ask(
        BatchGetItemRequest.class, request, client::batchGetItem, BatchGetItemResponse.class);
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return ask(
        TransactGetItemsRequest.class,
        request,
        client::transactGetItems,
        TransactGetItemsResponse.class);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return ask(QueryRequest.class, request, client::query, QueryResponse.class);
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return ask(ScanRequest.class, request, client::scan, ScanResponse.class);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return ask(PutItemRequest.class, request, client::putItem, PutItemResponse.class);
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return ask(UpdateItemRequest.class, request, client::updateItem, UpdateItemResponse.class);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return ask(DeleteItemRequest.class, request, client::deleteItem, DeleteItemResponse.class);
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return ask(
        BatchWriteItemRequest.class, request, client::batchWriteItem, BatchWriteItemResponse.class);
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return ask(
        TransactWriteItemsRequest.class,
        request,
        client::transactWriteItems,
        TransactWriteItemsResponse.class);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The client behind it goes on living. */
  @Override
  public void close() {}

  private <Q extends DynamoDbRequest, A extends DynamoDbResponse> A ask(
      Class<Q> asks, Q request, Function<Q, A> operation, Class<A> answers) {
    return answers.cast(
        interceptor.intercept(request, passed -> operation.apply(asks.cast(passed))));
  }
}
