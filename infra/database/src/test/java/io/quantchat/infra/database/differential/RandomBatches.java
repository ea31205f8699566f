package io.quantchat.infra.database.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Makes operations on several items. */
record RandomBatches(RandomValues values, RandomItems items) {

  RandomOperation get() {
    var request =
        BatchGetItemRequest.builder()
            .requestItems(
                Map.of(
                    items.table(),
                    KeysAndAttributes.builder()
                        .keys(List.of(items.key(), items.key(), items.key()))
                        .consistentRead(true)
                        .build()))
            .build();
    return new RandomOperation(
        request,
        client ->
            client.batchGetItem(request).responses().get(items.table()).stream()
                .map(Outcome::of)
                .sorted()
                .toList()
                .toString());
  }

  RandomOperation write() {
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      writes.add(
          values.chance(60)
              ? WriteRequest.builder().putRequest(put -> put.item(items.item())).build()
              : WriteRequest.builder().deleteRequest(delete -> delete.key(items.key())).build());
    }
    var request =
        BatchWriteItemRequest.builder().requestItems(Map.of(items.table(), writes)).build();
    return new RandomOperation(
        request, client -> client.batchWriteItem(request).unprocessedItems().toString());
  }

  RandomOperation transaction() {
    List<TransactWriteItem> writes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      var own = new RandomExpressions(values);
      writes.add(
          switch (values.one(List.of(0, 1, 2, 3))) {
            case 0 ->
                TransactWriteItem.builder()
                    .put(
                        put ->
                            put.tableName(items.table())
                                .item(items.item())
                                .conditionExpression(
                                    values.chance(50) ? own.condition().text() : null)
                                .expressionAttributeNames(own.names())
                                .expressionAttributeValues(own.values())
                                .returnValuesOnConditionCheckFailure(items.onFailure()))
                    .build();
            case 1 ->
                TransactWriteItem.builder()
                    .update(
                        update ->
                            update
                                .tableName(items.table())
                                .key(items.key())
                                .updateExpression(own.update())
                                .expressionAttributeNames(own.names())
                                .expressionAttributeValues(own.values()))
                    .build();
            case 2 ->
                TransactWriteItem.builder()
                    .delete(delete -> delete.tableName(items.table()).key(items.key()))
                    .build();
            default ->
                TransactWriteItem.builder()
                    .conditionCheck(
                        check ->
                            check
                                .tableName(items.table())
                                .key(items.key())
                                .conditionExpression(own.condition().text())
                                .expressionAttributeNames(own.names())
                                .expressionAttributeValues(own.values())
                                .returnValuesOnConditionCheckFailure(items.onFailure()))
                    .build();
          });
    }
    var request = TransactWriteItemsRequest.builder().transactItems(writes).build();
    return new RandomOperation(
        request,
        client -> {
          var answer = client.transactWriteItems(request);
          return Boolean.toString(answer.sdkHttpResponse().isSuccessful());
        });
  }
}
