package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.Condition;
import io.quantchat.infra.database.expression.Placeholders;
import io.quantchat.infra.database.item.ItemCodec;
import io.quantchat.infra.database.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One page of a query or a scan: reads until it has looked at as many items as the limit says, or
 * at 1 MiB of them, whatever the filter lets through.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html">Paginating
 *     table query results</a>
 */
final class Page implements Storage.Reader {

  /** 1 MiB. */
  static final int MOST_BYTES = 1024 * 1024;

  private final Table table;
  private final int limit;
  private final Filter filter;
  private final boolean keepsItems;

  private final List<Map<String, AttributeValue>> items = new ArrayList<>();
  private int count;
  private int scannedCount;
  private long bytes;
  private byte[] last;
  private boolean isCut;

  /**
   * What lets an item through.
   *
   * @param condition null where all are let through
   */
  record Filter(Condition condition, Placeholders placeholders) {

    boolean lets(Map<String, AttributeValue> item) {
      return condition == null || condition.holds(item, placeholders);
    }
  }

  /**
   * @param limit how many items are looked at; 0 for as many as fit
   * @param keepsItems whether they are shown, not only counted
   */
  Page(Table table, int limit, Filter filter, boolean keepsItems) {
    this.table = table;
    this.limit = limit;
    this.filter = filter;
    this.keepsItems = keepsItems;
  }

  @Override
  public boolean read(byte[] key, byte[] value) {
    int size = ItemCodec.size(value);
    if (bytes + size > MOST_BYTES && scannedCount > 0) {
      isCut = true;
      return false;
    }
    bytes += size;
    scannedCount++;
    last = value;
    if (keepsItems || filter.condition() != null) {
      Map<String, AttributeValue> item = ItemCodec.decode(value);
      if (filter.lets(item)) {
        count++;
        if (keepsItems) {
          items.add(item);
        }
      }
    } else {
      count++;
    }
    if (scannedCount == limit) {
      isCut = true;
      return false;
    }
    return true;
  }

  List<Map<String, AttributeValue>> items() {
    return items;
  }

  int count() {
    return count;
  }

  int scannedCount() {
    return scannedCount;
  }

  /** Where to go on; null at the end. A page that its limit ended doesn't know whether it was. */
  Map<String, AttributeValue> lastEvaluatedKey() {
    return isCut ? ItemKeys.attributes(table, ItemCodec.decode(last)) : null;
  }

  /** In capacity units: of all that was looked at together. */
  double units(boolean isConsistent) {
    return Capacity.ofRead(bytes, isConsistent);
  }
}
