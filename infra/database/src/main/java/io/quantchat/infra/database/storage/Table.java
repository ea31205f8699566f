package io.quantchat.infra.database.storage;

import java.nio.ByteBuffer;

/** The SQLite table of a space, and how it is read and written. Its number is never used again. */
final class Table {

  /** Its part of each row's hash. */
  final byte[] name;

  final long number;
  final String create;
  final String drop;
  final String get;
  final String hash;
  final String put;
  final String delete;
  private final String select;

  Table(long number) {
    this.number = number;
    name = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    String table = "s" + number;
    create =
        "CREATE TABLE %s (k BLOB PRIMARY KEY NOT NULL, h INTEGER NOT NULL, v BLOB NOT NULL)"
                .formatted(table)
            + " WITHOUT ROWID";
    drop = "DROP TABLE " + table;
    get = "SELECT h, v FROM %s WHERE k = ?".formatted(table);
    hash = "SELECT h FROM %s WHERE k = ?".formatted(table);
    put = "INSERT OR REPLACE INTO %s (k, h, v) VALUES (?, ?, ?)".formatted(table);
    delete = "DELETE FROM %s WHERE k = ?".formatted(table);
    select = "SELECT k, h, v FROM " + table;
  }

  /** Its bounds are the parameters, those that there are. */
  String scan(Storage.Range range) {
    String where =
        range.from() == null
            ? range.to() == null ? "" : " WHERE k < ?"
            : range.to() == null ? " WHERE k >= ?" : " WHERE k >= ? AND k < ?";
    return select + where + " ORDER BY k" + (range.forward() ? "" : " DESC");
  }

  /** The same, behind the key that was read last, which takes that bound's place. */
  String scanOn(Storage.Range range) {
    return range.forward()
        ? select + (range.to() == null ? " WHERE k > ?" : " WHERE k > ? AND k < ?") + " ORDER BY k"
        : select
            + (range.from() == null ? " WHERE k < ?" : " WHERE k >= ? AND k < ?")
            + " ORDER BY k DESC";
  }
}
