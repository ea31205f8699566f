package io.quantchat.infra.bench.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * SQLite by itself: a log, forced to the disk at each commit. What is deleted is overwritten if the
 * system property secure is true.
 */
final class SqliteCandidate implements Candidate {

  private final Path file;
  private final Connection writer;
  private final PreparedStatement begin;
  private final PreparedStatement end;
  private final PreparedStatement put;
  private final PreparedStatement delete;

  /** Each reading thread's own, until the process ends. */
  private final ThreadLocal<Reader> readers = ThreadLocal.withInitial(this::reader);

  SqliteCandidate(Path folder) throws SQLException {
    file = folder.resolve("sqlite");
    writer = connect();
    try (Statement statement = writer.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS t (k BLOB PRIMARY KEY NOT NULL, v BLOB NOT NULL) WITHOUT"
              + " ROWID");
    }
    begin = writer.prepareStatement("BEGIN IMMEDIATE");
    end = writer.prepareStatement("COMMIT");
    put = writer.prepareStatement("INSERT OR REPLACE INTO t (k, v) VALUES (?, ?)");
    delete = writer.prepareStatement("DELETE FROM t WHERE k = ?");
  }

  private record Reader(PreparedStatement get, PreparedStatement scan) {}

  private Connection connect() throws SQLException {
    Connection connection = new JDBC().connect(JDBC.PREFIX + file, new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = 8192");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA secure_delete = " + (Boolean.getBoolean("secure") ? "ON" : "OFF"));
    }
    return connection;
  }

  private Reader reader() {
    try {
      Connection connection = connect();
      return new Reader(
          connection.prepareStatement("SELECT v FROM t WHERE k = ?"),
          connection.prepareStatement("SELECT k, v FROM t WHERE k >= ? ORDER BY k"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void commit(List<Write> writes) throws SQLException {
    begin.execute();
    for (Write write : writes) {
      PreparedStatement statement = write.value() == null ? delete : put;
      statement.setBytes(1, write.key());
      if (write.value() != null) {
        statement.setBytes(2, write.value());
      }
      statement.executeUpdate();
    }
    end.execute();
  }

  @Override
  public byte[] get(byte[] key) throws SQLException {
    PreparedStatement get = readers.get().get();
    get.setBytes(1, key);
    try (ResultSet rows = get.executeQuery()) {
      return rows.next() ? rows.getBytes(1) : null;
    }
  }

  @Override
  public int scan(byte[] from, int most) throws SQLException {
    PreparedStatement scan = readers.get().scan();
    scan.setBytes(1, from);
    int read = 0;
    try (ResultSet rows = scan.executeQuery()) {
      while (read < most && rows.next() && rows.getBytes(1) != null && rows.getBytes(2) != null) {
        read++;
      }
    }
    return read;
  }

  @Override
  public void close() throws SQLException {
    writer.close();
  }
}
