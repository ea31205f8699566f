package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Spaces in a folder, on SQLite. What was answered survives the death of the process and, as far as
 * the disk keeps its word, a power cut. A folder is one storage's at a time.
 *
 * <p>Every row carries a hash, and the sum of all of them is written with each group of changes: a
 * small database is compared with it whole when it is opened, a larger one meanwhile. What has been
 * altered is never shown: it is refused with a {@link DamagedException}.
 */
public final class DiskStorage implements Storage {

  /** Up to this size a database is read whole before it is used: it takes no second. Bytes. */
  static final long SMALL = 16L << 20;

  private final DatabaseFiles files;
  private final Failures failures;
  private final FolderLock lock;
  private final Writer writer;
  private final Readers readers;
  private final LogKeeper log;
  private final BackgroundInspection inspection;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DiskStorage(
      DatabaseFiles files,
      FolderLock lock,
      Writer writer,
      Readers readers,
      LogKeeper log,
      BackgroundInspection inspection) {
    this.files = files;
    failures = new Failures(files.folder());
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
    this.log = log;
    this.inspection = inspection;
  }

  /**
   * Opens a folder, and makes it where it isn't there.
   *
   * @throws DamagedException if it doesn't hold what was answered
   * @throws StorageException if it is in use, can't be written, or holds something else
   */
  public static DiskStorage open(Path folder) {
    return open(folder, SMALL);
  }

  /**
   * @param small up to which size it is read whole first, in bytes
   */
  static DiskStorage open(Path folder, long small) {
    var files = new DatabaseFiles(folder.toAbsolutePath());
    var failures = new Failures(files.folder());
    try {
      files.createFolder();
      FolderLock lock = files.hold();
      try {
        return open(files, lock, small);
      } catch (IOException | SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failures.unusable(e);
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  private static DiskStorage open(DatabaseFiles files, FolderLock lock, long small)
      throws IOException, SQLException {
    var opening = new Opening(files);
    opening.prepare();
    AnsweredNote note = opening.note();
    Session session = null;
    try {
      boolean now = DatabaseFiles.size(files.database()) + DatabaseFiles.size(files.log()) <= small;
      opening.verify(note, now);
      session = opening.writer();
      var log = new LogKeeper(Session.open(files.folder(), files.database(), List.of()));
      var writer = new Writer(files, session, note, log.started(), session.ledger());
      var readers = new Readers(files);
      var inspection = new BackgroundInspection(files, writer, readers, log);
      if (!now) {
        inspection.start();
      }
      return new DiskStorage(files, lock, writer.started(), readers, log, inspection);
    } catch (IOException | SQLException | RuntimeException e) {
      if (session != null) {
        session.close();
      }
      note.close();
      throw e;
    }
  }

  @Override
  public Set<String> spaces() {
    readers.requireUsable();
    return writer.ledger().spaces().keySet();
  }

  @Override
  public void createSpace(String space) {
    writer.run(
        group -> {
          group.create(space);
          return null;
        });
  }

  @Override
  public void dropSpace(String space) {
    writer.run(
        group -> {
          group.drop(space);
          return null;
        });
  }

  @Override
  public byte[] get(String space, byte[] key) {
    Table table = table(space);
    return read(space, table, session -> session.get(table, key));
  }

  @Override
  public void scan(String space, Range range, Reader reader) {
    Table table = table(space);
    new Scan(table, range).show(reader, scan -> read(space, table, scan::next));
  }

  private <T> T read(String space, Table table, Readers.Query<T> query) {
    try {
      return readers.read(query);
    } catch (StorageException e) {
      if (table(space).number != table.number) {
        throw new StorageException("The space %s was dropped meanwhile.".formatted(space), e);
      }
      throw e;
    }
  }

  private Table table(String space) {
    readers.requireUsable();
    Ledger.Space found = writer.ledger().spaces().get(space);
    if (found == null) {
      throw new StorageException("There is no space %s.".formatted(space));
    }
    return found.table();
  }

  @Override
  public <T> T change(Function<Change, T> change) {
    return writer.run(group -> group.run(change));
  }

  /**
   * Reads all that is stored, while others go on.
   *
   * @throws DamagedException if it isn't what was answered; from then on all else throws it too
   */
  public void check() {
    inspection.run();
  }

  /**
   * Writes a copy as of one moment into a new file, for its owner alone, while others go on. {@link
   * #restore} makes a folder of it.
   *
   * @throws StorageException if the file is there already, or can't be written; there is none then
   */
  public void backup(Path file) {
    readers.requireUsable();
    log.beginLongRead();
    try {
      new Backup(files).write(file.toAbsolutePath());
    } catch (SQLException e) {
      throw failures.of(e);
    } finally {
      log.endLongRead();
    }
  }

  /**
   * Makes a backup the database of a folder, which {@link #open} opens then.
   *
   * @throws StorageException if the file is no backup or is damaged, or the folder holds a database
   */
  public static void restore(Path backup, Path folder) {
    var files = new DatabaseFiles(folder.toAbsolutePath());
    try {
      files.createFolder();
      FolderLock lock = files.hold();
      try {
        new Backup(files).restore(backup.toAbsolutePath());
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw new Failures(files.folder()).unusable(e);
    } catch (SQLException e) {
      throw new Failures(backup).of(e);
    }
  }

  @Override
  public StorageStats stats() {
    long database = DatabaseFiles.size(files.database());
    long logged = DatabaseFiles.size(files.log());
    return writer.counts().stats(writer.ledger().rows(), database + logged, logged);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      inspection.close();
      readers.close();
      writer.close();
      lock.close();
    } catch (SQLException e) {
      throw failures.of(e);
    } catch (IOException e) {
      throw failures.unusable(e);
    }
  }
}
