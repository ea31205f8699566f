package io.quantchat.infra.database;

import io.quantchat.infra.database.storage.Storage;
import io.quantchat.infra.database.storage.StorageStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A storage that remembers what its last {@value #MOST} changes replaced, so that a read can see
 * what was there before them, as a replica does that is some writes behind.
 */
final class History implements Storage {

  /** How many changes a stale read is behind at most. */
  static final int MOST = 8;

  private final Storage storage;

  /** What each of the last changes replaced, the newest first. */
  private final Deque<List<Replaced>> changes = new ArrayDeque<>();

  /**
   * @param before what was there; null where nothing was
   */
  private record Replaced(String space, byte[] key, byte[] before) {}

  History(Storage storage) {
    this.storage = storage;
  }

  /** Rows as they were so many changes ago, or as long ago as is remembered. */
  Rows before(int changesAgo, Rows committed) {
    Map<String, TreeMap<byte[], byte[]>> earlier = new HashMap<>();
    synchronized (changes) {
      Iterator<List<Replaced>> newestFirst = changes.iterator();
      for (int i = 0; i < changesAgo && newestFirst.hasNext(); i++) {
        for (Replaced replaced : newestFirst.next()) {
          earlier
              .computeIfAbsent(replaced.space(), _ -> new TreeMap<>(Arrays::compareUnsigned))
              .put(replaced.key(), replaced.before());
        }
      }
    }
    return new EarlierRows(earlier, committed);
  }

  @Override
  public <T> T change(Function<Change, T> change) {
    List<Replaced> replaced = new ArrayList<>();
    T result = storage.change(inner -> change.apply(new Remembering(inner, replaced)));
    if (!replaced.isEmpty()) {
      synchronized (changes) {
        changes.addFirst(List.copyOf(replaced));
        if (changes.size() > MOST) {
          changes.removeLast();
        }
      }
    }
    return result;
  }

  @Override
  public Set<String> spaces() {
    return storage.spaces();
  }

  @Override
  public void createSpace(String space) {
    storage.createSpace(space);
  }

  @Override
  public void dropSpace(String space) {
    storage.dropSpace(space);
  }

  @Override
  public byte[] get(String space, byte[] key) {
    return storage.get(space, key);
  }

  @Override
  public void scan(String space, Range range, Reader reader) {
    storage.scan(space, range, reader);
  }

  @Override
  public StorageStats stats() {
    return storage.stats();
  }

  @Override
  public void close() {
    storage.close();
  }

  private record Remembering(Change change, List<Replaced> replaced) implements Change {
    @Override
    public byte[] get(String space, byte[] key) {
      return change.get(space, key);
    }

    @Override
    public void scan(String space, Range range, Reader reader) {
      change.scan(space, range, reader);
    }

    @Override
    public void put(String space, byte[] key, byte[] value) {
      replaced.add(new Replaced(space, key, change.get(space, key)));
      change.put(space, key, value);
    }

    @Override
    public void delete(String space, byte[] key) {
      replaced.add(new Replaced(space, key, change.get(space, key)));
      change.delete(space, key);
    }
  }
}
