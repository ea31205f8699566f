package io.quantchat.host;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes that are all made or none of them. */
public final class Transactions {

  private Transactions() {}

  /**
   * Makes these writes.
   *
   * @return empty if they are made; else why none is, where a condition wasn't met
   * @throws TransactionCanceledException if it was cancelled for any other reason
   */
  public static Optional<Cancellation> commit(
      DynamoDbClient dynamoDb, List<TransactWriteItem> writes) {
    try {
      dynamoDb.transactWriteItems(
          TransactWriteItemsRequest.builder().transactItems(writes).build());
      return Optional.empty();
    } catch (TransactionCanceledException cancelled) {
      var cancellation = new Cancellation(cancelled);
      if (!cancellation.hasUnmetCondition()) {
        throw cancelled;
      }
      return Optional.of(cancellation);
    }
  }
}
