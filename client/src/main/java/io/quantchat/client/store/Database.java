package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The SQLite file, by one connection that one thread uses at a time. The file is one program's
 * while it is open. What is deleted is overwritten.
 */
final class Database implements AutoCloseable {

  private static final String NOT_ERASED =
      "What was deleted can't be overwritten in the store's files: check the disk, and try again.";

  /** What SQLite takes for long: a thousand pages. Bytes. */
  private static final long LONG_LOG = 1_000 * 4_096;

  private final Statements statements;
  private final Remains remains;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean inTransaction;

  /** In this transaction something was deleted that is to be nowhere any more. */
  private boolean erasing;

  /** The last attempt to have it nowhere has failed. */
  private boolean unsettled;

  private TransactionObserver observer = TransactionObserver.NOBODY;

  private Database(Statements statements, Remains remains) {
    this.statements = statements;
    this.remains = remains;
  }

  /** Opens the file, and makes it, for its owner alone, where it isn't there. */
  static Database open(Path file) {
    return new Database(Statements.open(file), new Remains(file.toAbsolutePath()));
  }

  /** Of the program that made the store; 0 where there is none in the file yet. */
  long version() {
    return statements.version();
  }

  /** Makes it a store of this version. In a transaction. */
  void define(List<String> definitions) {
    definitions.forEach(this::define);
    statements.setVersion(Schema.VERSION);
  }

  void define(String definition) {
    statements.execute(definition);
  }

  /** From now on, statements may call it. */
  void addFunction(RowDigest function) {
    statements.addFunction(function);
  }

  /** From now on, it is told of each transaction. */
  void observe(TransactionObserver next) {
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
      throw new DamagedException(Statements.DAMAGED);
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
    erasing = false;
    Runnable back = observer.mark();
    T result;
    try {
      statements.begin();
      result = work.get();
      observer.committing();
      statements.commit();
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

  /** SQLite undoes by itself where the disk is full; then there is nothing left to undo. */
  private void undo(Throwable cause) {
    try {
      statements.execute("ROLLBACK");
    } catch (StoreException e) {
      cause.addSuppressed(e);
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
    Runnable back = observer.mark();
    try {
      return statements.write(sql, parameters);
    } catch (StoreException e) {
      back.run();
      throw e;
    }
  }

  <T> List<T> all(String sql, Function<Row, T> reader, Object... parameters) {
    lock.lock();
    try {
      return statements.all(sql, reader, parameters);
    } finally {
      lock.unlock();
    }
  }

  <T> Optional<T> first(String sql, Function<Row, T> reader, Object... parameters) {
    return all(sql, reader, parameters).stream().findFirst();
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
      statements.execute("PRAGMA shrink_memory");
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

  @Override
  public void close() {
    lock.lock();
    try (remains;
        statements) {
      // Else SQLite does it, and overwrites less. Where it can't be done, the next opening does it.
      settle();
    } catch (SQLException | IOException e) {
      throw new StoreException("The store can't be closed.", e);
    } finally {
      lock.unlock();
    }
  }
}
