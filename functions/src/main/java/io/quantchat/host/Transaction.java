package io.quantchat.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes, often of several stores, that are made together or not at all. */
public final class Transaction {

  private final List<TransactWriteItem> writes = new ArrayList<>();

  /** These writes, of which there may be one for each item. */
  public static Transaction of(TransactWriteItem... writes) {
    return of(List.of(writes));
  }

  /** These writes, of which there may be one for each item. */
  public static Transaction of(Collection<TransactWriteItem> writes) {
    var transaction = new Transaction();
    transaction.addAll(writes);
    return transaction;
  }

  /** Adds a write. */
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
   * @return empty if they are made; else why none is, where a condition wasn't met
   * @throws TransactionCanceledException if it was cancelled for any other reason, such as that
   *     others were writing at the same items for as long as it was tried
   */
  public Optional<Cancellation> commit(DynamoDbClient dynamoDb) {
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

  /**
   * Makes the writes, unless others get in the way.
   *
   * @return whether they are made: not if a condition isn't met, or others were writing at the same
   *     items for as long as it was tried
   */
  public boolean commitUnlessOvertaken(DynamoDbClient dynamoDb) {
    try {
      return commit(dynamoDb).isEmpty();
    } catch (TransactionCanceledException cancelled) {
      if (new Cancellation(cancelled).hasConflict()) {
        return false;
      }
      throw cancelled;
    }
  }
}
