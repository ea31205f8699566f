package io.quantchat.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes of several stores that are made together or not at all. */
public final class Transaction {

  private final List<TransactWriteItem> writes = new ArrayList<>();

  /** Adds a write; there may be one for each item. */
  public void add(TransactWriteItem write) {
    writes.add(write);
  }

  /** Adds writes. */
  public void addAll(Collection<TransactWriteItem> others) {
    writes.addAll(others);
  }

  /**
   * Makes the writes.
   *
   * @return whether they are made: not if a condition isn't met, or another request is writing at
   *     the same items in the same moment
   */
  public boolean commit(DynamoDbClient dynamoDb) {
    try {
      dynamoDb.transactWriteItems(
          TransactWriteItemsRequest.builder().transactItems(writes).build());
      return true;
    } catch (TransactionCanceledException cancelled) {
      var cancellation = new Cancellation(cancelled);
      if (cancellation.hasUnmetCondition() || cancellation.hasConflict()) {
        return false;
      }
      throw cancelled;
    }
  }
}
