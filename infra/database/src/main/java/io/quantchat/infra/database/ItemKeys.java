package io.quantchat.infra.database;

import io.quantchat.infra.database.item.AttributeRules;
import io.quantchat.infra.database.item.InvalidValue;
import io.quantchat.infra.database.item.ItemSize;
import io.quantchat.infra.database.item.KeyBytes;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Primary keys by a table's schema.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Quotas</a>
 */
final class ItemKeys {

  private static final int MOST_PARTITION_BYTES = 2048;
  private static final int MOST_SORT_BYTES = 1024;
  private static final String MISMATCH = "The provided key element does not match the schema";

  private ItemKeys() {}

  /**
   * The place of the item that a request names by its key alone.
   *
   * @throws InvalidValue if that isn't a key of the table
   */
  static byte[] ofKey(Table table, Map<String, AttributeValue> key) {
    if (!hasNames(table, key)) {
      throw new InvalidValue(MISMATCH);
    }
    requireTypes(table, key);
    return place(table, key);
  }

  /** Whether a key has the attributes of the table's, and no others. */
  static boolean hasNames(Table table, Map<String, AttributeValue> key) {
    return key.containsKey(table.partitionKey().name())
        && key.size() == (table.sortKey().isPresent() ? 2 : 1)
        && (table.sortKey().isEmpty() || key.containsKey(table.sortKey().get().name()));
  }

  /**
   * What a batch requires of an item, with another message than a put's.
   *
   * @throws InvalidValue if the item lacks its key, or has it of other types
   */
  static void requireMatch(Table table, Map<String, AttributeValue> item) {
    if (!item.containsKey(table.partitionKey().name())
        || (table.sortKey().isPresent() && !item.containsKey(table.sortKey().get().name()))) {
      throw new InvalidValue(MISMATCH);
    }
    requireTypes(table, item);
  }

  /**
   * @throws InvalidValue if a key's attributes are of other types than the table's
   */
  static void requireTypes(Table table, Map<String, AttributeValue> key) {
    requireType(table.partitionKey(), key);
    if (table.sortKey().isPresent()) {
      requireType(table.sortKey().get(), key);
    }
  }

  /**
   * The place of an item that is to be put.
   *
   * @throws InvalidValue if the item lacks its key
   */
  static byte[] ofItem(Table table, Map<String, AttributeValue> item) {
    requirePresent(table.partitionKey(), item);
    table.sortKey().ifPresent(sortKey -> requirePresent(sortKey, item));
    return place(table, item);
  }

  /** Whether an attribute is part of a table's key. */
  static boolean isKey(Table table, String attribute) {
    return table.partitionKey().name().equals(attribute)
        || (table.sortKey().isPresent() && table.sortKey().get().name().equals(attribute));
  }

  /** An item's key, as attributes. */
  static Map<String, AttributeValue> attributes(Table table, Map<String, AttributeValue> item) {
    String partition = table.partitionKey().name();
    if (table.sortKey().isEmpty()) {
      return Map.of(partition, item.get(partition));
    }
    String sort = table.sortKey().get().name();
    return Map.of(partition, item.get(partition), sort, item.get(sort));
  }

  private static void requireType(Table.Key key, Map<String, AttributeValue> attributes) {
    AttributeValue value = attributes.get(key.name());
    AttributeRules.kept(value);
    if (!value.type().name().equals(key.type())) {
      throw new InvalidValue(MISMATCH);
    }
  }

  private static void requirePresent(Table.Key key, Map<String, AttributeValue> item) {
    AttributeValue value = item.get(key.name());
    if (value == null) {
      throw new InvalidValue(
          "One or more parameter values were invalid: Missing the key "
              + key.name()
              + " in the item");
    }
    String type = value.type().name();
    if (!type.equals(key.type())) {
      throw new InvalidValue(
          "One or more parameter values were invalid: Type mismatch for key %s expected: %s actual: %s"
              .formatted(key.name(), key.type(), type.equals("NUL") ? "NULL" : type));
    }
  }

  private static byte[] place(Table table, Map<String, AttributeValue> attributes) {
    AttributeValue partitionKey = attributes.get(table.partitionKey().name());
    requirePartition(table, partitionKey);
    byte[] partition = KeyBytes.partition(partitionKey);
    if (table.sortKey().isEmpty()) {
      return partition;
    }
    AttributeValue sortKey = attributes.get(table.sortKey().get().name());
    requireNotEmpty(table.sortKey().get(), sortKey);
    if (ItemSize.of(sortKey) > MOST_SORT_BYTES) {
      throw new InvalidValue(
          "One or more parameter values were invalid: Aggregated size of all range keys has"
              + " exceeded the size limit of 1024 bytes");
    }
    return KeyBytes.of(partition, sortKey);
  }

  /**
   * @throws InvalidValue if no item can have this partition key
   */
  static void requirePartition(Table table, AttributeValue value) {
    requireNotEmpty(table.partitionKey(), value);
    if (ItemSize.of(value) > MOST_PARTITION_BYTES) {
      throw new InvalidValue(
          "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size"
              + " limit of2048 bytes");
    }
  }

  /**
   * @throws InvalidValue if it is empty text or binary
   */
  static void requireNotEmpty(Table.Key key, AttributeValue value) {
    if ("".equals(value.s())) {
      throw empty(key, "string");
    }
    if (value.b() != null && value.b().asByteArrayUnsafe().length == 0) {
      throw empty(key, "binary");
    }
  }

  private static InvalidValue empty(Table.Key key, String type) {
    return new InvalidValue(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty %s value. Key: %s".formatted(type, key.name()));
  }
}
