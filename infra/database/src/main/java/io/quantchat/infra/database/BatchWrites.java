package io.quantchat.infra.database;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Puts and deletes of several items. Each is by itself, as far as anybody may rely on it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>
 */
final class BatchWrites {

  /** As many items of 400 KB are less than the 16 MB that a request may have. */
  private static final int MOST = 25;

  private final TableOperations tables;
  private final Writer writer;

  BatchWrites(TableOperations tables, Writer writer) {
    this.tables = tables;
    this.writer = writer;
  }

  BatchWriteItemResponse write(BatchWriteItemRequest request, Fate fate) {
    Requests.refuse(request.returnItemCollectionMetrics());
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    Map<String, List<WriteRequest>> wanted =
        Requests.require(request.hasRequestItems() ? request.requestItems() : null, "requestItems");
    int count = wanted.values().stream().mapToInt(List::size).sum();
    if (wanted.isEmpty() || count == 0) {
      throw Requests.constraint(
          "{}", "requestItems", "Member must have length greater than or equal to 1");
    }
    if (count > MOST) {
      throw Refusals.invalid("Too many items requested for the BatchWriteItem call");
    }
    boolean isBlind = !Capacity.isAsked(request.returnConsumedCapacity());
    List<Write> writes = new ArrayList<>(count);
    Map<String, List<WriteRequest>> left = new HashMap<>();
    Set<Place> distinct = new HashSet<>();
    for (Map.Entry<String, List<WriteRequest>> part : wanted.entrySet()) {
      Table table = tables.require(part.getKey());
      for (WriteRequest wish : part.getValue()) {
        Write write = prepared(table, wish, isBlind);
        if (!distinct.add(Place.of(write))) {
          throw Refusals.invalid("Provided list of item keys contains duplicates");
        }
        if (fate.leavesNext()) {
          left.computeIfAbsent(part.getKey(), _ -> new ArrayList<>()).add(wish);
        } else {
          writes.add(write);
        }
      }
    }
    var sum = new Capacity.Sum();
    List<Write.Effect> effects = writer.writeAll(writes);
    for (int i = 0; i < writes.size(); i++) {
      sum.add(writes.get(i).table().name(), effects.get(i).units());
    }
    return Answers.ok(BatchWriteItemResponse.builder())
        .unprocessedItems(left)
        .consumedCapacity(sum.consumed(request.returnConsumedCapacity()))
        .build();
  }

  private static Write prepared(Table table, WriteRequest wish, boolean isBlind) {
    boolean isPut = wish.putRequest() != null;
    if (isPut == (wish.deleteRequest() != null)) {
      throw Refusals.invalid(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    if (isPut) {
      var item =
          Requests.require(
              wish.putRequest().hasItem(), wish.putRequest().item(), "putRequest.item");
      ItemKeys.requireMatch(table, item);
      return PreparedWrites.put(table, item, Guard.NONE, isBlind);
    }
    var key =
        Requests.require(
            wish.deleteRequest().hasKey(), wish.deleteRequest().key(), "deleteRequest.key");
    return PreparedWrites.delete(table, key, Guard.NONE, isBlind);
  }

  /** Where an item is, to be compared. */
  record Place(String space, ByteBuffer key) {

    static Place of(Write write) {
      return new Place(write.table().space(), ByteBuffer.wrap(write.place()));
    }
  }
}
