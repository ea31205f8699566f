package io.quantchat.infra.database;

import io.quantchat.infra.database.item.ItemCodec;
import io.quantchat.infra.database.storage.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * Reads and writes of several items, all or none.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html">TransactGetItems</a>
 */
final class Transactions {

  private static final int MOST = 100;

  /** 4 MB. */
  private static final long MOST_BYTES = 4L * 1024 * 1024;

  private final TableOperations tables;
  private final Storage storage;
  private final RequestTokens tokens;

  Transactions(TableOperations tables, Storage storage, RequestTokens tokens) {
    this.tables = tables;
    this.storage = storage;
    this.tokens = tokens;
  }

  TransactWriteItemsResponse write(TransactWriteItemsRequest request, Fate fate) {
    Requests.refuse(request.returnItemCollectionMetrics());
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    List<TransactWriteItem> wishes =
        Requests.require(
            request.hasTransactItems() ? request.transactItems() : null, "transactItems");
    requireCount(wishes.size());
    requireNoConflict(wishes.size(), fate);
    var attempt = new TransactionAttempt();
    for (TransactWriteItem wish : wishes) {
      TransactionWrites.addTo(attempt, wish, tables);
    }
    attempt.requireDistinct();
    requireSize(attempt.bytes());
    RequestTokens.Token token = tokens.of(request);
    boolean isRepeat =
        storage.change(
            change -> {
              if (tokens.isRepeated(token, change)) {
                return true;
              }
              if (attempt.tryOn(change)) {
                tokens.remember(token, change);
              }
              return false;
            });
    if (!isRepeat && attempt.isCancelled()) {
      throw Refusals.cancelled(attempt.reasons());
    }
    return Answers.ok(TransactWriteItemsResponse.builder())
        .consumedCapacity(
            attempt.sum().consumedByTransaction(request.returnConsumedCapacity(), !isRepeat))
        .build();
  }

  TransactGetItemsResponse get(TransactGetItemsRequest request, Fate fate) {
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    List<TransactGetItem> wishes =
        Requests.require(
            request.hasTransactItems() ? request.transactItems() : null, "transactItems");
    requireCount(wishes.size());
    requireNoConflict(wishes.size(), fate);
    List<Reading> readings = new ArrayList<>(wishes.size());
    for (TransactGetItem wish : wishes) {
      Get get = Requests.require(wish.get(), "transactItems.member.get");
      var key = Requests.require(get.hasKey(), get.key(), "transactItems.member.get.key");
      var shown = ItemReads.Shown.of(get.projectionExpression(), get.expressionAttributeNames());
      Table table = tables.require(get.tableName());
      readings.add(new Reading(table, ItemKeys.ofKey(table, key), shown));
    }
    byte[][] values = new byte[readings.size()][];
    storage.change(
        change -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = change.get(readings.get(i).table().space(), readings.get(i).place());
          }
          return null;
        });
    requireSize(Stream.of(values).mapToLong(ItemReads::sizeOf).sum());
    var sum = new Capacity.Sum();
    List<ItemResponse> responses = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      Reading reading = readings.get(i);
      double units = Capacity.ofRead(ItemReads.sizeOf(values[i]), true);
      sum.add(reading.table().name(), Capacity.TRANSACTION * units);
      ItemResponse.Builder response = ItemResponse.builder();
      if (values[i] != null) {
        response.item(reading.shown().of(ItemCodec.decode(values[i])));
      }
      responses.add(response.build());
    }
    return Answers.ok(TransactGetItemsResponse.builder())
        .responses(responses)
        .consumedCapacity(sum.consumedByTransaction(request.returnConsumedCapacity(), false))
        .build();
  }

  /** One of a transaction's reads. */
  private record Reading(Table table, byte[] place, ItemReads.Shown shown) {}

  /** Another transaction holds one of the items. */
  private static void requireNoConflict(int items, Fate fate) {
    if (fate.holds(Fault.CONFLICT)) {
      List<CancellationReason> reasons =
          new ArrayList<>(Collections.nCopies(items, TransactionAttempt.NONE));
      reasons.set(
          fate.one(items),
          CancellationReason.builder()
              .code("TransactionConflict")
              .message("Transaction is ongoing for the item")
              .build());
      throw Refusals.cancelled(reasons);
    }
  }

  private static void requireSize(long bytes) {
    if (bytes > MOST_BYTES) {
      throw Refusals.invalid("The aggregate size of the items in the transaction exceeds 4 MB");
    }
  }

  private static void requireCount(int count) {
    if (count < 1) {
      throw Requests.constraint(
          "[]", "transactItems", "Member must have length greater than or equal to 1");
    }
    if (count > MOST) {
      throw Requests.tooMany(count, "transactItems", MOST);
    }
  }
}
