package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.KeyCondition;
import io.quantchat.infra.database.item.KeyBytes;
import io.quantchat.infra.database.storage.Storage;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stretch of a table's keys that a key condition holds for. */
final class KeyRanges {

  private KeyRanges() {}

  static Storage.Range of(Table table, KeyCondition keys, boolean isForward) {
    requireType(table.partitionKey(), keys.partition());
    ItemKeys.requirePartition(table, keys.partition());
    byte[] partition = KeyBytes.partition(keys.partition());
    byte[] end = KeyBytes.behindAll(partition);
    if (keys.sort().isEmpty()) {
      return new Storage.Range(partition, end, isForward);
    }
    KeyCondition.SortRange sort = keys.sort().get();
    Table.Key sortKey = table.sortKey().orElseThrow();
    for (AttributeValue bound : List.of(sort.value(), sort.upper())) {
      requireType(sortKey, bound);
      ItemKeys.requireNotEmpty(sortKey, bound);
    }
    byte[] value = KeyBytes.of(partition, sort.value());
    return switch (sort.bound()) {
      case EQUAL -> new Storage.Range(value, KeyBytes.justBehind(value), isForward);
      case LESS -> new Storage.Range(partition, value, isForward);
      case AT_MOST -> new Storage.Range(partition, KeyBytes.justBehind(value), isForward);
      case GREATER -> new Storage.Range(KeyBytes.justBehind(value), end, isForward);
      case AT_LEAST -> new Storage.Range(value, end, isForward);
      case BETWEEN ->
          new Storage.Range(
              value, KeyBytes.justBehind(KeyBytes.of(partition, sort.upper())), isForward);
      case BEGINS_WITH -> new Storage.Range(value, KeyBytes.behindAll(value), isForward);
    };
  }

  private static void requireType(Table.Key key, AttributeValue value) {
    if (!value.type().name().equals(key.type())) {
      throw Refusals.invalid(
          "One or more parameter values were invalid: Condition parameter type does not match"
              + " schema type");
    }
  }
}
