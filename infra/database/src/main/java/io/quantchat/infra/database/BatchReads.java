package io.quantchat.infra.database;

import io.quantchat.infra.database.item.ItemCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads of several items, each by itself, until 16 MiB are read.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>
 */
final class BatchReads {

  private static final int MOST = 100;

  /** 16 MiB. */
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final TableOperations tables;

  BatchReads(TableOperations tables) {
    this.tables = tables;
  }

  BatchGetItemResponse get(BatchGetItemRequest request, Fate fate) {
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    Map<String, KeysAndAttributes> wanted =
        Requests.require(request.hasRequestItems() ? request.requestItems() : null, "requestItems");
    if (wanted.isEmpty()) {
      throw Requests.constraint(
          "{}", "requestItems", "Member must have length greater than or equal to 1");
    }
    if (wanted.values().stream().mapToInt(keys -> keys.keys().size()).sum() > MOST) {
      throw Refusals.invalid("Too many items requested for the BatchGetItem call");
    }
    List<Part> parts = new ArrayList<>();
    wanted.forEach((name, keys) -> parts.add(part(name, keys)));
    var answer = new Answer(fate);
    parts.forEach(answer::read);
    return Answers.ok(BatchGetItemResponse.builder())
        .responses(answer.read)
        .unprocessedKeys(answer.left)
        .consumedCapacity(answer.sum.consumed(request.returnConsumedCapacity()))
        .build();
  }

  /** What is asked of one table. */
  private record Part(
      String name,
      Table table,
      KeysAndAttributes keys,
      List<byte[]> places,
      ItemReads.Shown shown) {}

  private Part part(String name, KeysAndAttributes keys) {
    Requests.refuse(keys.hasAttributesToGet(), "BatchGetItem's AttributesToGet");
    if (keys.keys().isEmpty()) {
      throw Requests.constraint(
          "[]",
          "requestItems." + name + ".member.keys",
          "Member must have length greater than or equal to 1");
    }
    var shown = ItemReads.Shown.of(keys.projectionExpression(), keys.expressionAttributeNames());
    Table table = tables.require(name);
    if (new HashSet<>(keys.keys()).size() < keys.keys().size()) {
      throw twice();
    }
    List<byte[]> places = new ArrayList<>(keys.keys().size());
    Set<ByteBuffer> distinct = new HashSet<>();
    for (Map<String, AttributeValue> key : keys.keys()) {
      byte[] place = ItemKeys.ofKey(table, key);
      if (!distinct.add(ByteBuffer.wrap(place))) {
        throw twice();
      }
      places.add(place);
    }
    return new Part(name, table, keys, places, shown);
  }

  private static RuntimeException twice() {
    return Refusals.invalid("Provided list of item keys contains duplicates");
  }

  /** What is read so far, and what is left to be asked for again. */
  private static final class Answer {
    private final Fate fate;
    private final Map<String, List<Map<String, AttributeValue>>> read = new HashMap<>();
    private final Map<String, KeysAndAttributes> left = new HashMap<>();
    private final Capacity.Sum sum = new Capacity.Sum();
    private long bytes;

    Answer(Fate fate) {
      this.fate = fate;
    }

    void read(Part part) {
      boolean isConsistent = Boolean.TRUE.equals(part.keys().consistentRead());
      Rows rows = fate.rows(isConsistent);
      List<Map<String, AttributeValue>> items = new ArrayList<>(part.places().size());
      List<Map<String, AttributeValue>> keysLeft = new ArrayList<>();
      for (int i = 0; i < part.places().size(); i++) {
        byte[] value = null;
        boolean isLeft = bytes > MOST_BYTES || fate.leavesNext();
        if (!isLeft) {
          value = rows.get(part.table(), part.places().get(i));
          isLeft = bytes + ItemReads.sizeOf(value) > MOST_BYTES;
        }
        if (isLeft) {
          keysLeft.add(part.keys().keys().get(i));
          continue;
        }
        int size = ItemReads.sizeOf(value);
        bytes += size;
        sum.add(part.table().name(), Capacity.ofRead(size, isConsistent));
        if (value != null) {
          items.add(part.shown().of(ItemCodec.decode(value)));
        }
      }
      read.put(part.name(), items);
      if (!keysLeft.isEmpty()) {
        left.put(part.name(), part.keys().toBuilder().keys(keysLeft).build());
      }
    }
  }
}
