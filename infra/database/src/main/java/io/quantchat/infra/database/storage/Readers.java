package io.quantchat.infra.database.storage;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Connections that read what is committed, a few more than threads can be in SQLite at once; who
 * finds none free waits outside of it, where a virtual thread gives way.
 */
final class Readers implements AutoCloseable {

  private static final int MOST = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  private static final List<String> SETTINGS =
      List.of("PRAGMA query_only = ON", "PRAGMA cache_size = -2048");

  private final DatabaseFiles files;
  private final Failures failures;
  private final Semaphore free = new Semaphore(MOST);
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile StorageException refusal;

  Readers(DatabaseFiles files) {
    this.files = files;
    failures = new Failures(files.folder());
  }

  @FunctionalInterface
  interface Query<T> {
    T run(Session session) throws SQLException;
  }

  <T> T read(Query<T> query) {
    free.acquireUninterruptibly();
    try {
      requireUsable();
      Session session = idle.poll();
      if (session == null) {
        session = Session.open(files.folder(), files.database(), SETTINGS);
      }
      return read(query, session);
    } catch (SQLException e) {
      throw failures.of(e);
    } finally {
      free.release();
    }
  }

  private <T> T read(Query<T> query, Session session) throws SQLException {
    boolean usable = false;
    try {
      T read = query.run(session);
      usable = true;
      return read;
    } finally {
      if (usable) {
        idle.push(session);
      } else {
        session.close();
      }
    }
  }

  void requireUsable() {
    StorageException why = refusal;
    if (why != null) {
      throw why.again();
    }
  }

  void refuse(StorageException why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  /** Waits for those who read. */
  @Override
  public void close() throws SQLException {
    refuse(new StorageException("The storage is closed: open it again."));
    free.acquireUninterruptibly(MOST);
    try {
      for (Session session = idle.poll(); session != null; session = idle.poll()) {
        session.close();
      }
    } finally {
      free.release(MOST);
    }
  }
}
