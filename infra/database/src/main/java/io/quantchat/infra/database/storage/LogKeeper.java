package io.quantchat.infra.database.storage;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the log short: brings what it holds to its place in the database, on a thread and a
 * connection of its own, so that the writer goes on. Where that doesn't catch up, the writer waits
 * for it once, and the log begins anew.
 */
final class LogKeeper implements AutoCloseable {

  /** Rows between two rounds; each takes about a page. */
  private static final int ROUND = 1000;

  /** Pages of the log from which on the writer waits. */
  private static final long LONG_LOG = 2 * 1024;

  private final Session session;
  private final Semaphore rounds = new Semaphore(0);
  private final AtomicInteger longReaders = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean tooLong;
  private int written;
  private boolean empty;

  LogKeeper(Session session) {
    this.session = session;
    thread = Thread.ofPlatform().name("storage log keeper").daemon().unstarted(this::run);
  }

  LogKeeper started() {
    thread.start();
    return this;
  }

  private void run() {
    while (true) {
      rounds.acquireUninterruptibly();
      rounds.drainPermits();
      if (closed) {
        return;
      }
      try {
        // Whether it was busy, the pages of the log, and how many of them are in their places.
        List<String> round = session.first("PRAGMA wal_checkpoint(PASSIVE)");
        tooLong = Long.parseLong(round.get(1)) > LONG_LOG;
      } catch (SQLException e) {
        // Nothing is lost, it is in the log; the next round tries again, or the writer fails too.
        tooLong = true;
      }
    }
  }

  /** To be told by the writer, outside of a transaction. */
  void written(int rows, Session writer) {
    empty = false;
    written += rows;
    if (written >= ROUND) {
      written = 0;
      rounds.release();
    }
    if (tooLong && longReaders.get() == 0) {
      tooLong = false;
      checkpoint(writer, "PRAGMA wal_checkpoint(RESTART)");
    }
  }

  /** Whether the writer has emptied it and not written since. */
  boolean isEmpty() {
    return empty;
  }

  /** To be called by the writer, outside of a transaction. */
  void empty(Session writer) {
    if (longReaders.get() == 0) {
      checkpoint(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
      empty = true;
    }
  }

  private static void checkpoint(Session writer, String sql) {
    try {
      writer.first(sql);
    } catch (SQLException e) {
      // Nothing is lost, it is in the log; if the disk is full or broken, writing says so.
    }
  }

  /** Who reads for minutes keeps the log from being emptied; nobody is to wait for it. */
  void beginLongRead() {
    longReaders.incrementAndGet();
  }

  void endLongRead() {
    longReaders.decrementAndGet();
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    rounds.release();
    Uninterrupted.join(thread);
    session.close();
  }
}
