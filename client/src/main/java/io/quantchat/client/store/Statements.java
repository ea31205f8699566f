package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.StoreException;
import io.quantchat.client.model.StoreInUseException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import java.util.Set;
import java.util.function.Function;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Runs statements on the SQLite file, by one connection, and says what can be done about it where
 * they fail. To be used by one thread at a time.
 */
final class Statements implements AutoCloseable {

  private static final String UNWRITABLE =
      "The store can't be written: check the file and its permissions.";
  private static final String UNREADABLE =
      "The store can't be read: check the file and its permissions.";

  /** A program that has just ended may be about to let go of the file. Milliseconds. */
  private static final String LONGEST_WAIT = "300";

  /** FULL: what was committed survives a power cut. */
  private static final List<String> SETTINGS =
      List.of(
          "PRAGMA trusted_schema = OFF",
          "PRAGMA cell_size_check = ON",
          "PRAGMA temp_store = MEMORY",
          "PRAGMA recursive_triggers = ON",
          "PRAGMA locking_mode = EXCLUSIVE",
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA secure_delete = ON",
          "PRAGMA wal_autocheckpoint = 0",
          "PRAGMA cache_size = -16384");

  private static final Set<Integer> UNDOING =
      Set.of(
          SQLiteErrorCode.SQLITE_IOERR.code,
          SQLiteErrorCode.SQLITE_NOMEM.code,
          SQLiteErrorCode.SQLITE_FULL.code,
          SQLiteErrorCode.SQLITE_INTERRUPT.code);

  static final String DAMAGED = "The store is damaged: go back to a copy of it.";

  private final Connection connection;

  /** Those that write, to be used again: with triggers, they take long to prepare. */
  private final Map<String, PreparedStatement> writes = new HashMap<>();

  /** SQLite has undone the transaction by itself: nothing more may be written in it. */
  private boolean undone;

  private long version;

  private Statements(Connection connection) {
    this.connection = connection;
  }

  /** Opens the file, and makes it, for its owner alone, where it isn't there. */
  static Statements open(Path file) {
    try {
      create(file);
      var properties = new Properties();
      properties.setProperty("busy_timeout", LONGEST_WAIT);
      Connection connection = new JDBC().connect(JDBC.PREFIX + file.toAbsolutePath(), properties);
      var statements = new Statements(connection);
      try {
        statements.prepare();
        return statements;
      } catch (SQLException | StoreException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failure(e, "The store can't be opened: check the file and its permissions.");
    } catch (IOException e) {
      throw new StoreException("The store's file can't be made: check its folder.", e);
    }
  }

  private static void create(Path file) throws IOException {
    try {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException opened) {
      // Then it is opened as it is.
    }
  }

  private void prepare() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : SETTINGS) {
        statement.execute(setting);
      }
      version = SchemaCheck.versionOf(statement);
      if (version > Schema.VERSION) {
        throw new StoreException("A newer program made this store: update this one.");
      }
      if (version != 0 || !SchemaCheck.isEmpty(statement)) {
        SchemaCheck.check(statement, version);
      }
    }
  }

  /** Of the program that made the store; 0 where there is none in the file yet. */
  long version() {
    return version;
  }

  /** From now on, statements may call it. */
  void addFunction(RowDigest function) {
    try {
      function.addTo(connection);
    } catch (SQLException e) {
      throw failure(e, UNREADABLE);
    }
  }

  void setVersion(long next) {
    execute("PRAGMA user_version = " + next);
    version = next;
  }

  /** A transaction begins: nothing of it is undone yet. */
  void begin() {
    undone = false;
    execute("BEGIN IMMEDIATE");
  }

  void commit() {
    refuseWhereUndone();
    execute("COMMIT");
  }

  private void refuseWhereUndone() {
    if (undone) {
      throw new StoreException(UNWRITABLE);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e, UNWRITABLE);
    }
  }

  /**
   * Writes, in a transaction. What fails has written nothing.
   *
   * @return how many rows were written
   */
  int write(String sql, Object... parameters) {
    refuseWhereUndone();
    try {
      return reused(sql, parameters).executeUpdate();
    } catch (SQLException e) {
      // The driver lets go of one that has failed.
      writes.remove(sql);
      undone = !isConflict(e);
      throw failure(e, UNWRITABLE);
    }
  }

  private PreparedStatement reused(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = writes.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      writes.put(sql, statement);
    }
    bind(statement, parameters);
    return statement;
  }

  /** After any other failure to write SQLite may have undone the whole transaction. */
  private static boolean isConflict(SQLException e) {
    return primary(e) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
  }

  /** After one to read, too. */
  private static boolean isOfTheFile(SQLException e) {
    return UNDOING.contains(primary(e));
  }

  private static int primary(SQLException e) {
    return e instanceof SQLiteException known ? known.getResultCode().code & 0xff : -1;
  }

  /** What a query finds, each row as the reader makes it. */
  <T> List<T> all(String sql, Function<Row, T> reader, Object... parameters) {
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet cursor = statement.executeQuery()) {
      var rows = new ArrayList<T>();
      while (cursor.next()) {
        rows.add(reader.apply(new Row(cursor)));
      }
      return rows;
    } catch (SQLException e) {
      undone |= isOfTheFile(e);
      throw failure(e, UNREADABLE);
    }
  }

  private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    bind(statement, parameters);
    return statement;
  }

  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object parameter = parameters[i];
      boolean plain = parameter == null || parameter instanceof byte[] || parameter instanceof Long;
      statement.setObject(i + 1, plain ? parameter : parameter.toString());
    }
  }

  /** Says what can be done about it. */
  private static StoreException failure(SQLException e, String otherwise) {
    if (!(e instanceof SQLiteException known)) {
      return new StoreException(otherwise, e);
    }
    return switch (known.getResultCode()) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new StoreInUseException("Another program has the store open: close it first.", e);
      case SQLITE_NOTADB -> new StoreException("This file is no store: choose another.", e);
      case SQLITE_CORRUPT, SQLITE_CORRUPT_VTAB, SQLITE_CORRUPT_INDEX ->
          new DamagedException(DAMAGED, e);
      case SQLITE_FULL -> new StoreException("The disk is full: make room, and try again.", e);
      default -> new StoreException(otherwise, e);
    };
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
