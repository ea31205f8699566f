package io.quantchat.infra.database.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to the file, with its statements; one thread at a time uses it. What it reads it
 * compares with the row's hash.
 */
final class Session implements AutoCloseable {

  /** A row as it was read. */
  record Row(byte[] key, byte[] value) {}

  /**
   * For every connection. A page cell's size is looked at before it is believed. No memory map: a
   * disk that fails there would end the process.
   */
  private static final List<String> SETTINGS =
      List.of(
          "PRAGMA synchronous = FULL",
          "PRAGMA fullfsync = ON",
          "PRAGMA checkpoint_fullfsync = ON",
          "PRAGMA wal_autocheckpoint = 0",
          "PRAGMA temp_store = MEMORY",
          "PRAGMA cell_size_check = ON",
          "PRAGMA mmap_size = 0",
          "PRAGMA trusted_schema = OFF");

  private final Path folder;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private Session(Path folder, Connection connection) {
    this.folder = folder;
    this.connection = connection;
  }

  /**
   * @param more settings of this connection alone
   */
  static Session open(Path folder, Path file, List<String> more) throws SQLException {
    return open(folder, file, new Properties(), more);
  }

  /**
   * One that changes nothing, not even when it is closed: the last of the others empties the log
   * into the database then, whatever that is by now.
   */
  static Session reading(Path folder, Path file) throws SQLException {
    var properties = new Properties();
    properties.setProperty(
        SQLiteConfig.Pragma.OPEN_MODE.getPragmaName(),
        Integer.toString(SQLiteOpenMode.READONLY.flag));
    return open(folder, file, properties, List.of());
  }

  private static Session open(Path folder, Path file, Properties properties, List<String> more)
      throws SQLException {
    SqliteLibrary.load();
    // Only other programs can hold a lock on the file for long, and they shouldn't. Milliseconds.
    properties.setProperty("busy_timeout", "5000");
    Connection connection = new JDBC().connect(JDBC.PREFIX + file.toAbsolutePath(), properties);
    var session = new Session(folder, connection);
    try {
      for (String setting : SETTINGS) {
        session.run(setting);
      }
      for (String setting : more) {
        session.run(setting);
      }
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /** Runs what is run once. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first row's columns of what is run once; empty where there is no row. */
  List<String> first(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var columns = new ArrayList<String>();
      if (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add(rows.getString(i));
        }
      }
      return columns;
    }
  }

  /**
   * Ends a transaction that failed. The driver closes statements that fail, so all are made anew.
   * SQLite undoes by itself where the disk is full; then there is nothing left to undo.
   *
   * @param cause takes what fails here too
   */
  void undo(Throwable cause) {
    for (PreparedStatement statement : statements.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
    statements.clear();
    try {
      run("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Runs what is run often, without parameters. */
  void execute(String sql) throws SQLException {
    prepared(sql).execute();
  }

  /** Null where there is none. */
  byte[] get(Table table, byte[] key) throws SQLException {
    PreparedStatement statement = prepared(table.get);
    statement.setBytes(1, key);
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      byte[] value = rows.getBytes(2);
      verify(table, key, rows.getLong(1), value);
      return value;
    }
  }

  /** The hash of the row that is there; null where there is none. */
  Long hash(Table table, byte[] key) throws SQLException {
    PreparedStatement statement = prepared(table.hash);
    statement.setBytes(1, key);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? (Long) rows.getLong(1) : null;
    }
  }

  void put(Table table, byte[] key, long hash, byte[] value) throws SQLException {
    PreparedStatement statement = prepared(table.put);
    statement.setBytes(1, key);
    statement.setLong(2, hash);
    statement.setBytes(3, value);
    statement.executeUpdate();
  }

  void delete(Table table, byte[] key) throws SQLException {
    PreparedStatement statement = prepared(table.delete);
    statement.setBytes(1, key);
    statement.executeUpdate();
  }

  /**
   * The range's first rows.
   *
   * @param last the key behind which to go on; null to begin
   * @param most rows
   * @param enough bytes of keys and values, after which no further row is read
   */
  List<Row> rows(Table table, Storage.Range range, byte[] last, int most, long enough)
      throws SQLException {
    PreparedStatement statement = prepared(last == null ? table.scan(range) : table.scanOn(range));
    byte[] from = last != null && range.forward() ? last : range.from();
    byte[] to = last != null && !range.forward() ? last : range.to();
    int parameter = 0;
    if (from != null) {
      statement.setBytes(++parameter, from);
    }
    if (to != null) {
      statement.setBytes(++parameter, to);
    }
    var read = new ArrayList<Row>();
    try (ResultSet rows = statement.executeQuery()) {
      long bytes = 0;
      while (read.size() < most && bytes < enough && rows.next()) {
        byte[] key = rows.getBytes(1);
        byte[] value = rows.getBytes(3);
        verify(table, key, rows.getLong(2), value);
        read.add(new Row(key, value));
        bytes += key.length + value.length;
      }
    }
    return read;
  }

  private void verify(Table table, byte[] key, long hash, byte[] value) {
    if (value == null || RowHash.of(table.name, key, value) != hash) {
      throw new DamagedException(folder, "an entry has been altered");
    }
  }

  Ledger ledger() throws SQLException {
    try (ResultSet rows = prepared(LedgerTable.READ).executeQuery()) {
      byte[] bytes = rows.next() ? rows.getBytes(1) : new byte[0];
      return Ledger.decoded(bytes == null ? new byte[0] : bytes)
          .orElseThrow(() -> new DamagedException(folder, "its ledger can't be read"));
    }
  }

  void write(Ledger ledger) throws SQLException {
    PreparedStatement statement = prepared(LedgerTable.WRITE);
    statement.setBytes(1, ledger.encoded());
    if (statement.executeUpdate() != 1) {
      throw new DamagedException(folder, "its ledger is missing");
    }
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    statements.clear();
    connection.close();
  }

  /** The table that holds the ledger alone. */
  static final class LedgerTable {
    static final String CREATE = "CREATE TABLE ledger (id INTEGER PRIMARY KEY, v BLOB NOT NULL)";
    static final String FILL = "INSERT INTO ledger (id, v) VALUES (1, x'')";
    private static final String READ = "SELECT v FROM ledger WHERE id = 1";
    private static final String WRITE = "UPDATE ledger SET v = ? WHERE id = 1";

    private LedgerTable() {}
  }
}
