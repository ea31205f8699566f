package io.quantchat.infra.database;

import io.quantchat.infra.database.storage.Storage;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Rows as they were: what is committed, but for some keys what was there before.
 *
 * @param earlier by space, then key; null where nothing was
 */
record EarlierRows(Map<String, TreeMap<byte[], byte[]>> earlier, Rows committed) implements Rows {

  @Override
  public byte[] get(Table table, byte[] place) {
    TreeMap<byte[], byte[]> rows = earlier.get(table.space());
    return rows != null && rows.containsKey(place) ? rows.get(place) : committed.get(table, place);
  }

  @Override
  public void scan(Table table, Storage.Range range, Storage.Reader reader) {
    TreeMap<byte[], byte[]> rows = earlier.get(table.space());
    if (rows == null || range.isEmpty()) {
      committed.scan(table, range, reader);
      return;
    }
    var merge = new Merge(within(rows, range), reader);
    committed.scan(table, range, merge);
    merge.end();
  }

  private static NavigableMap<byte[], byte[]> within(
      TreeMap<byte[], byte[]> rows, Storage.Range range) {
    NavigableMap<byte[], byte[]> within = rows;
    if (range.from() != null) {
      within = within.tailMap(range.from(), true);
    }
    if (range.to() != null) {
      within = within.headMap(range.to(), false);
    }
    return new TreeMap<>(range.forward() ? within : within.descendingMap());
  }

  /** Shows earlier rows in their places among the committed ones. */
  private static final class Merge implements Storage.Reader {
    private final NavigableMap<byte[], byte[]> left;
    private final Storage.Reader reader;
    private boolean wantsMore = true;

    Merge(NavigableMap<byte[], byte[]> left, Storage.Reader reader) {
      this.left = left;
      this.reader = reader;
    }

    @Override
    public boolean read(byte[] key, byte[] value) {
      while (wantsMore && !left.isEmpty() && left.comparator().compare(left.firstKey(), key) < 0) {
        showNext();
      }
      if (!wantsMore) {
        return false;
      }
      if (left.containsKey(key)) {
        showNext();
      } else {
        wantsMore = reader.read(key, value);
      }
      return wantsMore;
    }

    void end() {
      while (wantsMore && !left.isEmpty()) {
        showNext();
      }
    }

    private void showNext() {
      Map.Entry<byte[], byte[]> next = left.pollFirstEntry();
      if (next.getValue() != null) {
        wantsMore = reader.read(next.getKey(), next.getValue());
      }
    }
  }
}
