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
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite file, by one connection that one thread uses at a time. The file is one program's
 * while it is open. What is deleted is overwritten.
 */
final class Database implements AutoCloseable {

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

  private static final String NOT_ERASED =
      "What was deleted can't be overwritten in the store's files: check the disk, and try again.";

  /** What SQLite takes for long: a thousand pages. Bytes. */
  private static final long LONG_LOG = 1_000 * 4_096;

  private static final Set<Integer> UNDOING =
      Set.of(
          SQLiteErrorCode.SQLITE_IOERR.code,
          SQLiteErrorCode.SQLITE_NOMEM.code,
          SQLiteErrorCode.SQLITE_FULL.code,
          SQLiteErrorCode.SQLITE_INTERRUPT.code);

  private static final String DAMAGED = "The store is damaged: go back to a copy of it.";

  private final Connection connection;
  private final Remains remains;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean inTransaction;

  /** Statements that write, to be used again: with triggers, they take long to prepare. */
  private final Map<String, PreparedStatement> writes = new HashMap<>();

  /** In this transaction something was deleted that is to be nowhere any more. */
  private boolean erasing;

  /** The last attempt to have it nowhere has failed. */
  private boolean unsettled;

  /** SQLite has undone the transaction by itself: nothing more may be written in it. */
  private boolean undone;

  private Observer observer = Observer.NOBODY;
  private long version;

  private Database(Connection connection, Remains remains) {
    this.connection = connection;
    this.remains = remains;
  }

  /** Opens the file, and makes it, for its owner alone, where it isn't there. */
  static Database open(Path file) {
    try {
      create(file);
      var properties = new Properties();
      properties.setProperty("busy_timeout", LONGEST_WAIT);
      Connection connection = new JDBC().connect(JDBC.PREFIX + file.toAbsolutePath(), properties);
      var database = new Database(connection, new Remains(file.toAbsolutePath()));
      try {
        database.prepare();
        return database;
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

  /** Makes it a store of this version. In a transaction. */
  void define(List<String> statements) {
    statements.forEach(this::define);
    define("PRAGMA user_version = " + Schema.VERSION);
    version = Schema.VERSION;
  }

  void define(String statement) {
    execute(statement);
  }

  /** From now on, statements may call it. */
  void addFunction(RowDigest function) {
    try {
      function.addTo(connection);
    } catch (SQLException e) {
      throw failure(e, UNREADABLE);
    }
  }

  /** From now on, it is told of each transaction. */
  void observe(Observer next) {
    observer = next;
  }

  /**
   * Whether pages, tables and indexes agree: an index that says something else than its table would
   * hide rows.
   *
   * @throws DamagedException where they don't
   */
  void check() {
    String found =
        first("PRAGMA integrity_check(1)", row -> row.text("integrity_check")).orElse("");
    if (!found.equals("ok")) {
      throw new DamagedException(DAMAGED);
    }
  }

  /**
   * Keeps all of the work's writes, or none of them; inside of another transaction, a part of that.
   */
  <T> T transaction(Supplier<T> work) {
    lock.lock();
    try {
      if (inTransaction) {
        return work.get();
      }
      return outermost(work);
    } finally {
      lock.unlock();
    }
  }

  void transaction(Runnable work) {
    transaction(
        () -> {
          work.run();
          return null;
        });
  }

  private <T> T outermost(Supplier<T> work) {
    inTransaction = true;
    undone = false;
    erasing = false;
    Runnable back = observer.mark();
    T result;
    try {
      execute("BEGIN IMMEDIATE");
      result = work.get();
      observer.committing();
      refuseWhereUndone();
      execute("COMMIT");
    } catch (RuntimeException | Error e) {
      undo(e);
      back.run();
      throw e;
    } finally {
      inTransaction = false;
    }
    observer.committed();
    if (erasing) {
      settle();
    } else if (unsettled || remains.logSize() > LONG_LOG) {
      settleIfPossible();
    }
    return result;
  }

  /** What was committed stands, whether or not this works; the next commit tries again. */
  void settleIfPossible() {
    try {
      settle();
    } catch (StoreException later) {
      unsettled = true;
    }
  }

  private void refuseWhereUndone() {
    if (undone) {
      throw new StoreException(UNWRITABLE);
    }
  }

  /** SQLite undoes by itself where the disk is full; then there is nothing left to undo. */
  private void undo(Throwable cause) {
    try {
      execute("ROLLBACK");
    } catch (StoreException e) {
      cause.addSuppressed(e);
    }
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e, UNWRITABLE);
    }
  }

  /**
   * Writes, in a transaction: that around it, or one of its own. What fails has written nothing.
   *
   * @return how many rows were written
   */
  int write(String sql, Object... parameters) {
    return transaction(() -> written(sql, parameters));
  }

  private int written(String sql, Object... parameters) {
    refuseWhereUndone();
    Runnable back = observer.mark();
    try {
      return reused(sql, parameters).executeUpdate();
    } catch (SQLException e) {
      back.run();
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

  <T> List<T> all(String sql, Function<Row, T> reader, Object... parameters) {
    lock.lock();
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
    } finally {
      lock.unlock();
    }
  }

  <T> Optional<T> first(String sql, Function<Row, T> reader, Object... parameters) {
    return all(sql, reader, parameters).stream().findFirst();
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

  /**
   * Deletes, or replaces, what is to be nowhere any more: before this returns, or the transaction
   * around it, it is in none of the files.
   *
   * @return how many rows were deleted
   */
  int erase(String sql, Object... parameters) {
    return transaction(
        () -> {
          int rows = written(sql, parameters);
          erasing = true;
          return rows;
        });
  }

  /** The same, for what makes room for something else: seldom there is any. */
  void eraseFormer(String sql, Object... parameters) {
    transaction(() -> erasing |= written(sql, parameters) > 0);
  }

  /**
   * Moves what was written to its place in the file, over what it replaces, and overwrites what
   * remains elsewhere of what was deleted.
   *
   * @throws StoreException where that can't be done now
   */
  void settle() {
    lock.lock();
    try {
      if (inTransaction) {
        throw new IllegalStateException("A transaction is settled after its end.");
      }
      if (remains.logSize() > 0) {
        Set<Integer> pages = remains.logged();
        checkpoint("FULL");
        overwrite(pages);
        remains.overwriteLog();
        checkpoint("TRUNCATE");
      }
      unsettled = false;
    } catch (IOException e) {
      unsettled = true;
      throw new StoreException(NOT_ERASED, e);
    } finally {
      lock.unlock();
    }
  }

  /** Overwrites what remains in any page of what was deleted. */
  void settleAll() {
    lock.lock();
    try {
      settle();
      overwrite(remains.all());
    } catch (IOException e) {
      throw new StoreException(NOT_ERASED, e);
    } finally {
      lock.unlock();
    }
  }

  private void overwrite(Set<Integer> pages) throws IOException {
    if (remains.overwriteBetweenCells(pages)) {
      // SQLite has them in memory as they were, and would write them so again.
      execute("PRAGMA shrink_memory");
    }
  }

  private void checkpoint(String mode) {
    boolean done =
        first(
                "PRAGMA wal_checkpoint(" + mode + ")",
                row -> row.number("busy") == 0 && row.number("log") == row.number("checkpointed"))
            .orElseThrow();
    if (!done) {
      throw new StoreException(NOT_ERASED);
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
  public void close() {
    lock.lock();
    try (remains;
        connection) {
      // Else SQLite does it, and overwrites less. Where it can't be done, the next opening does it.
      settle();
    } catch (SQLException | IOException e) {
      throw new StoreException("The store can't be closed.", e);
    } finally {
      lock.unlock();
    }
  }

  /** Is told of transactions, from their beginning to their end. */
  interface Observer {

    Observer NOBODY =
        new Observer() {
          @Override
          public Runnable mark() {
            return () -> {};
          }

          @Override
          public void committing() {
            // Nobody minds.
          }

          @Override
          public void committed() {
            // Nobody minds.
          }
        };

    /** What takes it back to where it is now, for what is written from now on is undone. */
    Runnable mark();

    /** Writes what belongs in the transaction, at its end. */
    void committing();

    /** It is in the file. */
    void committed();
  }
}
