package io.quantchat.infra.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * What requests cost, in capacity units.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">DynamoDB
 *     read and write operations</a>
 */
final class Capacity {

  private static final int READ_UNIT = 4 * 1024;
  private static final int WRITE_UNIT = 1024;

  /** What a transaction's reads and writes cost more: one to prepare, one to commit. */
  static final int TRANSACTION = 2;

  private Capacity() {}

  /**
   * A read of so many bytes; what isn't there costs as much as the least.
   *
   * @param isConsistent whether strongly; else it costs half
   */
  static double ofRead(long bytes, boolean isConsistent) {
    return units(bytes, READ_UNIT) * (isConsistent ? 1 : 0.5);
  }

  /** A write: of the larger of what was there and what is there then. */
  static double ofWrite(long before, long after) {
    return units(Math.max(before, after), WRITE_UNIT);
  }

  private static long units(long bytes, int unit) {
    return Math.max(1, (bytes + unit - 1) / unit);
  }

  /** Whether a request wants to know what it cost. */
  static boolean isAsked(ReturnConsumedCapacity asked) {
    return asked == ReturnConsumedCapacity.TOTAL || asked == ReturnConsumedCapacity.INDEXES;
  }

  /** A request's cost in one table; null where it isn't asked for. */
  static ConsumedCapacity consumed(ReturnConsumedCapacity asked, String table, double units) {
    return isAsked(asked) ? builder(asked, table, units).build() : null;
  }

  private static ConsumedCapacity.Builder builder(
      ReturnConsumedCapacity asked, String table, double units) {
    ConsumedCapacity.Builder consumed =
        ConsumedCapacity.builder().tableName(table).capacityUnits(units);
    return asked == ReturnConsumedCapacity.INDEXES
        ? consumed.table(inTable -> inTable.capacityUnits(units))
        : consumed;
  }

  /** The cost of a request that touches several tables. */
  static final class Sum {
    private final Map<String, Double> units = new LinkedHashMap<>();

    void add(String table, double more) {
      units.merge(table, more, Double::sum);
    }

    /** By table, in the order in which they were first named; null where it isn't asked for. */
    List<ConsumedCapacity> consumed(ReturnConsumedCapacity asked) {
      if (!isAsked(asked)) {
        return null;
      }
      List<ConsumedCapacity> all = new ArrayList<>();
      units.forEach((table, sum) -> all.add(builder(asked, table, sum).build()));
      return all;
    }

    /** The same for a transaction, which says what of it was read and what written. */
    List<ConsumedCapacity> consumedByTransaction(ReturnConsumedCapacity asked, boolean isWrite) {
      if (!isAsked(asked)) {
        return null;
      }
      List<ConsumedCapacity> all = new ArrayList<>();
      units.forEach(
          (table, sum) -> {
            ConsumedCapacity.Builder consumed = builder(asked, table, sum);
            all.add(
                (isWrite ? consumed.writeCapacityUnits(sum) : consumed.readCapacityUnits(sum))
                    .build());
          });
      return all;
    }
  }
}
