package io.quantchat.infra.database.storage;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Changes that are committed together. Each sees what those before it wrote. */
final class Group {

  private final Session session;
  private final Ledger.Draft ledger;
  private final Failures failures;
  private int writes;
  private SQLException failure;
  private boolean whole = true;

  Group(Session session, Ledger before, Failures failures) {
    this.session = session;
    ledger = new Ledger.Draft(before);
    this.failures = failures;
  }

  /** Runs a change; if it throws, nothing of it is in the group. */
  <T> T run(Function<Storage.Change, T> change) {
    var view = new View();
    T result = change.apply(view);
    whole = false;
    for (Map.Entry<SpaceKey, byte[]> write : view.writes.values().entrySet()) {
      apply(view, write.getKey(), write.getValue());
    }
    whole = true;
    return result;
  }

  private void apply(View view, SpaceKey key, byte[] value) {
    try {
      Ledger.Space space = space(key.space());
      Long old = view.hash(space.table(), key);
      if (old == null && value == null) {
        return;
      }
      if (old != null) {
        space = space.without(old);
      }
      if (value == null) {
        session.delete(space.table(), key.key());
      } else {
        long hash = RowHash.of(space.table().name, key.key(), value);
        session.put(space.table(), key.key(), hash, value);
        space = space.with(hash);
      }
      ledger.set(key.space(), space);
      writes++;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void create(String name) {
    if (ledger.space(name) != null) {
      return;
    }
    try {
      session.run(ledger.create(name).table().create);
      writes++;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void drop(String name) {
    Ledger.Space space = ledger.space(name);
    if (space == null) {
      return;
    }
    try {
      session.run(space.table().drop);
      ledger.drop(name);
      writes++;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** How many rows and tables it has written. */
  int writes() {
    return writes;
  }

  Ledger ledger() {
    return ledger.finished();
  }

  /**
   * To be called after each change. After an error SQLite may have undone what the group had
   * written, and would commit each later write by itself; and a change of which a part is written
   * can't be left out.
   */
  void requireWhole() throws SQLException {
    if (failure != null) {
      throw failure;
    }
    if (!whole) {
      throw new IllegalStateException("A change was written in part.");
    }
  }

  private StorageException failed(SQLException e) {
    failure = e;
    return failures.of(e);
  }

  private Ledger.Space space(String name) {
    Ledger.Space space = ledger.space(name);
    if (space == null) {
      throw new StorageException("There is no space %s.".formatted(name));
    }
    return space;
  }

  private final class View implements Storage.Change {
    private final Writes writes = new Writes();

    /** What the change has read, so that writing it needn't read it again. */
    private final Map<SpaceKey, byte[]> read = new HashMap<>();

    @Override
    public byte[] get(String space, byte[] key) {
      try {
        byte[] value = session.get(space(space).table(), key);
        read.put(new SpaceKey(space, key), value);
        return value;
      } catch (SQLException e) {
        throw failed(e);
      }
    }

    @Override
    public void scan(String space, Storage.Range range, Storage.Reader reader) {
      new Scan(space(space).table(), range).show(reader, this::rows);
    }

    private List<Session.Row> rows(Scan scan) {
      try {
        return scan.next(session);
      } catch (SQLException e) {
        throw failed(e);
      }
    }

    private Long hash(Table table, SpaceKey key) throws SQLException {
      if (!read.containsKey(key)) {
        return session.hash(table, key.key());
      }
      byte[] value = read.get(key);
      return value == null ? null : (Long) RowHash.of(table.name, key.key(), value);
    }

    @Override
    public void put(String space, byte[] key, byte[] value) {
      space(space);
      writes.put(space, key, value);
    }

    @Override
    public void delete(String space, byte[] key) {
      space(space);
      writes.delete(space, key);
    }
  }
}
