package io.quantchat.infra.database.storage;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Spaces that vanish with the process. A change runs in its caller's thread, one at a time; whoever
 * only reads waits for nobody.
 */
public final class MemoryStorage implements Storage {

  private final Map<String, ConcurrentNavigableMap<byte[], byte[]>> spaces =
      new ConcurrentHashMap<>();
  private final ReentrantLock changing = new ReentrantLock();
  private final LongAdder changes = new LongAdder();
  private volatile boolean closed;

  @Override
  public Set<String> spaces() {
    requireOpen();
    return Set.copyOf(spaces.keySet());
  }

  @Override
  public void createSpace(String space) {
    requireOpen();
    spaces.computeIfAbsent(space, name -> new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
  }

  @Override
  public void dropSpace(String space) {
    requireOpen();
    spaces.remove(space);
  }

  @Override
  public byte[] get(String space, byte[] key) {
    return entries(space).get(key);
  }

  @Override
  public void scan(String space, Range range, Reader reader) {
    if (range.isEmpty()) {
      entries(space);
      return;
    }
    for (Map.Entry<byte[], byte[]> entry : within(range, entries(space)).entrySet()) {
      if (!reader.read(entry.getKey(), entry.getValue())) {
        return;
      }
    }
  }

  private static Map<byte[], byte[]> within(
      Range range, ConcurrentNavigableMap<byte[], byte[]> entries) {
    ConcurrentNavigableMap<byte[], byte[]> within = entries;
    if (range.from() != null) {
      within = within.tailMap(range.from(), true);
    }
    if (range.to() != null) {
      within = within.headMap(range.to(), false);
    }
    return range.forward() ? within : within.descendingMap();
  }

  @Override
  public <T> T change(Function<Change, T> change) {
    if (changing.isHeldByCurrentThread()) {
      throw new IllegalStateException("A change inside of another.");
    }
    changing.lock();
    try {
      requireOpen();
      var writes = new Writes();
      T result = change.apply(new MemoryChange(writes));
      writes.values().forEach(this::write);
      changes.increment();
      return result;
    } finally {
      changing.unlock();
    }
  }

  private void write(SpaceKey key, byte[] value) {
    ConcurrentNavigableMap<byte[], byte[]> entries = spaces.get(key.space());
    if (entries == null) {
      return;
    }
    if (value == null) {
      entries.remove(key.key());
    } else {
      entries.put(key.key(), value);
    }
  }

  @Override
  public StorageStats stats() {
    long entries = spaces.values().stream().mapToLong(Map::size).sum();
    return StorageStats.inMemory(entries, changes.sum());
  }

  private ConcurrentNavigableMap<byte[], byte[]> entries(String space) {
    requireOpen();
    ConcurrentNavigableMap<byte[], byte[]> entries = spaces.get(space);
    if (entries == null) {
      throw new StorageException("There is no space %s.".formatted(space));
    }
    return entries;
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageException("The storage is closed: open it again.");
    }
  }

  @Override
  public void close() {
    changing.lock();
    try {
      closed = true;
      spaces.clear();
    } finally {
      changing.unlock();
    }
  }

  private final class MemoryChange implements Change {
    private final Writes writes;

    private MemoryChange(Writes writes) {
      this.writes = writes;
    }

    @Override
    public byte[] get(String space, byte[] key) {
      return MemoryStorage.this.get(space, key);
    }

    @Override
    public void scan(String space, Range range, Reader reader) {
      MemoryStorage.this.scan(space, range, reader);
    }

    @Override
    public void put(String space, byte[] key, byte[] value) {
      entries(space);
      writes.put(space, key, value);
    }

    @Override
    public void delete(String space, byte[] key) {
      entries(space);
      writes.delete(space, key);
    }
  }
}
