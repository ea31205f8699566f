package io.quantchat.infra.bench.warm;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A database that answers at once, so that only our own code is measured.
 *
 * @param items what a get from a table finds; nothing in any other
 * @param pages what a query of a table finds; nothing in any other
 */
record CannedDynamoDb(Map<String, GetItemResponse> items, Map<String, QueryResponse> pages)
    implements DynamoDbClient {

  /** What a page of small rows costs. */
  static final ConsumedCapacity CAPACITY = ConsumedCapacity.builder().capacityUnits(1.0).build();

  private static final GetItemResponse NOTHING = GetItemResponse.builder().build();
  private static final UpdateItemResponse COUNTED = UpdateItemResponse.builder().build();
  private static final PutItemResponse STORED = PutItemResponse.builder().build();
  private static final QueryResponse EMPTY =
      QueryResponse.builder()
          .items(List.of())
          .count(0)
          .scannedCount(0)
          .consumedCapacity(CAPACITY)
          .build();

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return items.getOrDefault(request.tableName(), NOTHING);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return pages.getOrDefault(request.tableName(), EMPTY);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return STORED;
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return COUNTED;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
