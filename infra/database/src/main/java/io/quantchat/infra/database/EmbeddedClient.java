package io.quantchat.infra.database;

import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
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
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** The SDK's client without the SDK's way over HTTP. */
final class EmbeddedClient extends RefusingClient {

  private final Operations operations;
  private volatile boolean isClosed;

  EmbeddedClient(Operations operations) {
    this.operations = operations;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return open().run("GetItem", fate -> operations.reads.get(request, fate));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return open().run("PutItem", _ -> operations.writes.put(request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return open().run("UpdateItem", _ -> operations.writes.update(request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return open().run("DeleteItem", _ -> operations.writes.delete(request));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return open().run("Query", fate -> operations.queries.query(request, fate));
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return open().run("Scan", fate -> operations.queries.scan(request, fate));
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return open().run("BatchGetItem", fate -> operations.batchReads.get(request, fate));
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return open().run("BatchWriteItem", fate -> operations.batchWrites.write(request, fate));
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return open().run("TransactWriteItems", fate -> operations.transactions.write(request, fate));
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return open().run("TransactGetItems", fate -> operations.transactions.get(request, fate));
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return open().answer(() -> operations.tables.create(request));
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return open().answer(() -> operations.tables.describe(request));
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return open().answer(() -> operations.tables.delete(request));
  }

  @Override
  public UpdateTableResponse updateTable(UpdateTableRequest request) {
    return open().answer(() -> operations.tables.update(request));
  }

  @Override
  public ListTablesResponse listTables(ListTablesRequest request) {
    return open().answer(() -> operations.tables.list(request));
  }

  @Override
  public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
    return open().answer(() -> operations.timeToLive.update(request));
  }

  @Override
  public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
    return open().answer(() -> operations.timeToLive.describe(request));
  }

  @Override
  public DynamoDbWaiter waiter() {
    return DynamoDbWaiter.builder().client(this).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** Closes this client alone. */
  @Override
  public void close() {
    isClosed = true;
  }

  private Operations open() {
    if (isClosed) {
      throw new IllegalStateException("This client is closed: ask the database for another.");
    }
    return operations;
  }
}
