package io.quantchat.infra.bench.warm;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * A database that answers at once, so that only our own code is measured.
 *
 * @param items what a get from a table finds
 * @param pages what a query of a table finds; nothing in any other
 */
record CannedDynamoDb(Map<String, GetItemResponse> items, Map<String, QueryResponse> pages)
    implements DynamoDbClient {

  private static final PutItemResponse STORED = PutItemResponse.builder().build();
  private static final QueryResponse EMPTY = QueryResponse.builder().items(List.of()).build();

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return items.get(request.tableName());
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
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
