package io.quantchat.client.store;

import java.util.List;
import java.util.stream.Collectors;

/** A table whose rows the ledger vouches for. */
record LedgerTable(String name, List<Column> columns) {

  /** A row's own number says in which order rows came, where no column does. */
  private static final String ROW_ID = "rowid";

  private static final String VAULT = "vault";

  /** All of them. */
  static List<LedgerTable> of(Database database) {
    return database
        .all(
            """
            SELECT name FROM main.sqlite_schema
            WHERE type = 'table' AND name NOT IN ('ledger', 'sqlite_sequence') ORDER BY name
            """,
            row -> row.text("name"))
        .stream()
        .map(name -> new LedgerTable(name, columns(database, name)))
        .toList();
  }

  private static List<Column> columns(Database database, String table) {
    return database.all(
        "SELECT name, type FROM pragma_table_info('" + table + "') ORDER BY cid",
        row ->
            new Column(row.text("name"), row.text("type").equals("BLOB") && !table.equals(VAULT)));
  }

  /** Adds all rows that are there, in the table itself: an index may say something else. */
  String counting() {
    return "SELECT count(%s) AS counted FROM main.%s NOT INDEXED".formatted(call(1, ""), name);
  }

  /** Keeps the sum as rows come and go. {@code REPLACE} fires them with recursive triggers only. */
  List<String> triggers() {
    return List.of(
        trigger("INSERT", call(1, "NEW.")),
        trigger("DELETE", call(-1, "OLD.")),
        trigger("UPDATE", call(-1, "OLD.") + ", " + call(1, "NEW.")));
  }

  private String trigger(String event, String calls) {
    return "CREATE TEMP TRIGGER ledger_%s_%s AFTER %s ON main.%s BEGIN SELECT %s; END"
        .formatted(name, event, event, name, calls);
  }

  private String call(int sign, String row) {
    return "%s(%d, '%s', %s%s, %s)"
        .formatted(
            RowDigest.NAME,
            sign,
            name,
            row,
            ROW_ID,
            columns.stream().map(column -> column.values(row)).collect(Collectors.joining(", ")));
  }

  /**
   * A column.
   *
   * @param sealed whether a nonce stands first in it, and a tag last
   */
  record Column(String name, boolean sealed) {

    private static final String NONCE_AND_TAG =
        "typeof(%1$s), length(%1$s), substr(%1$s, 1, 12), substr(%1$s, -16)";

    String values(String row) {
      return (sealed ? NONCE_AND_TAG : "%1$s").formatted(row + name);
    }
  }
}
