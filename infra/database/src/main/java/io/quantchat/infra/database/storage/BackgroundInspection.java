package io.quantchat.infra.database.storage;

import java.sql.SQLException;
import java.util.List;

/** Reads the whole database while it is in use, and has it refused if it is damaged. */
final class BackgroundInspection implements AutoCloseable {

  private static final List<String> SETTINGS =
      List.of("PRAGMA query_only = ON", "PRAGMA cache_size = -2048");

  private final DatabaseFiles files;
  private final Failures failures;
  private final Writer writer;
  private final Readers readers;
  private final LogKeeper log;
  private final Thread thread;
  private volatile Inspection inspection;
  private volatile boolean closed;

  BackgroundInspection(DatabaseFiles files, Writer writer, Readers readers, LogKeeper log) {
    this.files = files;
    failures = new Failures(files.folder());
    this.writer = writer;
    this.readers = readers;
    this.log = log;
    thread = Thread.ofPlatform().name("storage check").daemon().unstarted(this::runAside);
  }

  void start() {
    thread.start();
  }

  /** Who asks next is told what is wrong; who reads the log is told at once. */
  private void runAside() {
    try {
      run();
    } catch (StorageException refused) {
      if (!closed) {
        System.getLogger(BackgroundInspection.class.getName())
            .log(System.Logger.Level.ERROR, "{0}", refused.getMessage());
      }
    }
  }

  /**
   * @throws DamagedException if it is damaged
   */
  void run() {
    readers.requireUsable();
    log.beginLongRead();
    try (Session session = Session.open(files.folder(), files.database(), SETTINGS)) {
      var begun = new Inspection(files.folder(), session);
      inspection = begun;
      if (!closed) {
        begun.run();
      }
    } catch (SQLException e) {
      throw refused(failures.of(e));
    } catch (DamagedException e) {
      throw refused(e);
    } finally {
      log.endLongRead();
    }
  }

  private StorageException refused(StorageException e) {
    writer.refuse(e);
    readers.refuse(e);
    return e;
  }

  @Override
  public void close() {
    closed = true;
    Inspection begun = inspection;
    if (begun != null) {
      begun.stop();
    }
    Uninterrupted.join(thread);
  }
}
