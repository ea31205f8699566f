package io.quantchat.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

@StoreTest
class InterceptedDynamoDbTest {

  private final List<String> heard = new ArrayList<>();
  private final StoreTables tables;
  private final String table;

  InterceptedDynamoDbTest(StoreTables tables) {
    this.tables = tables;
    this.table = tables.name("AccountsTable");
  }

  @Test
  void theFirstInterceptorIsTheOutermost() {
    DynamoDbClient client = tables.client(noting("first"), noting("second"));

    client.getItem(get -> get.tableName(table).key(account("u-1")));

    assertThat(heard)
        .containsExactly("first GetItem", "second GetItem", "second answered", "first answered");
  }

  @Test
  void whatIsRefusedDoesNotArrive() {
    DynamoDbClient client = tables.client(BeforeRequest.refusing("AccountsTable"));

    assertThatThrownBy(() -> client.putItem(put -> put.tableName(table).item(account("u-2"))))
        .isInstanceOf(InternalServerErrorException.class);

    assertThat(isThere("u-2")).isFalse();
  }

  @Test
  void whatIsPassedOnArrivesInsteadOfWhatWasAsked() {
    DynamoDbClient client =
        tables.client(
            (request, onward) ->
                onward.pass(((PutItemRequest) request).toBuilder().item(account("u-4")).build()));

    client.putItem(put -> put.tableName(table).item(account("u-3")));

    assertThat(isThere("u-3")).isFalse();
    assertThat(isThere("u-4")).isTrue();
  }

  /** As the SDK's pages are made: by asking the client for one after the other. */
  @Test
  void eachPageIsARequest() {
    for (int i = 0; i < 3; i++) {
      String id = "page-" + i;
      tables.client().putItem(put -> put.tableName(table).item(account(id)));
    }
    DynamoDbClient client = tables.client(noting("it"));

    long items =
        client.scanPaginator(scan -> scan.tableName(table).limit(1)).items().stream().count();

    assertThat(items).isGreaterThanOrEqualTo(3);
    assertThat(heard.stream().filter("it Scan"::equals).count()).isGreaterThanOrEqualTo(items);
  }

  private RequestInterceptor noting(String name) {
    return (request, onward) -> {
      heard.add(name + " " + Call.operationOf(request));
      DynamoDbResponse answer = onward.pass(request);
      heard.add(name + " answered");
      return answer;
    };
  }

  private boolean isThere(String id) {
    return tables.client().getItem(get -> get.tableName(table).key(account(id))).hasItem();
  }

  private static Map<String, AttributeValue> account(String id) {
    return Map.of("user_id", AttributeValue.fromS(id));
  }
}
