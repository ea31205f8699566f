package io.quantchat.infra.database;

import io.quantchat.infra.database.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The tables that there are. Their descriptions are kept in a space of the storage.
 *
 * <p>A table is described once its space is there, and its space is dropped once it is no longer
 * described: what is described can be used, and a space that nothing describes is dropped when the
 * catalog is opened.
 */
final class TableCatalog {

  private static final String SPACE = "tables";
  private static final Storage.Range ALL = new Storage.Range(null, null, true);

  private final Storage storage;
  private final ConcurrentSkipListMap<String, Table> tables = new ConcurrentSkipListMap<>();

  private TableCatalog(Storage storage) {
    this.storage = storage;
  }

  static TableCatalog open(Storage storage) {
    var catalog = new TableCatalog(storage);
    storage.createSpace(SPACE);
    storage.scan(
        SPACE,
        ALL,
        (_, value) -> {
          Table table = Table.of(value);
          catalog.tables.put(table.name(), table);
          return true;
        });
    catalog.dropWhatNothingDescribes();
    return catalog;
  }

  /** A table of this name; null where there is none. */
  Table find(String name) {
    return tables.get(name);
  }

  /** All tables, by name. */
  Collection<Table> all() {
    return tables.values();
  }

  /** Tables by name, behind a name; null for all. */
  List<String> names(String after) {
    return List.copyOf(after == null ? tables.keySet() : tables.tailMap(after, false).keySet());
  }

  /**
   * Adds a table.
   *
   * @return whether there was none of its name
   */
  synchronized boolean add(Table table) {
    if (tables.containsKey(table.name())) {
      return false;
    }
    storage.createSpace(table.space());
    describe(table);
    return true;
  }

  /** Replaces what is known of a table that is there. */
  synchronized Table change(Table table, UnaryOperator<Table> change) {
    Table changed = change.apply(tables.get(table.name()));
    describe(changed);
    return changed;
  }

  /**
   * Removes a table with all its items.
   *
   * @return whether it was there
   */
  synchronized boolean remove(Table table) {
    if (!tables.containsKey(table.name())) {
      return false;
    }
    storage.change(
        change -> {
          change.delete(SPACE, keyOf(table));
          return null;
        });
    tables.remove(table.name());
    storage.dropSpace(table.space());
    return true;
  }

  private void describe(Table table) {
    storage.change(
        change -> {
          change.put(SPACE, keyOf(table), table.toBytes());
          return null;
        });
    tables.put(table.name(), table);
  }

  private void dropWhatNothingDescribes() {
    Set<String> described = tables.values().stream().map(Table::space).collect(Collectors.toSet());
    for (String space : storage.spaces()) {
      if (space.startsWith(Table.SPACES) && !described.contains(space)) {
        storage.dropSpace(space);
      }
    }
  }

  private static byte[] keyOf(Table table) {
    return table.name().getBytes(StandardCharsets.UTF_8);
  }
}
