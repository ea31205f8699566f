package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what can be done about what SQLite says. */
record Failures(Path folder) {

  /** Bytes. What SQLite adds to that index at once. */
  private static final long LEAST_ROOM = 32 * 1024;

  StorageException of(SQLException e) {
    if (!(e instanceof SQLiteException known)) {
      return unusable(e);
    }
    return switch (known.getResultCode()) {
      case SQLITE_FULL -> full(e);
      case SQLITE_BUSY, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED ->
          new StorageException(
              "Another program has the database in %s open: close it first.".formatted(folder), e);
      case SQLITE_NOTADB,
          SQLITE_CORRUPT,
          SQLITE_CORRUPT_VTAB,
          SQLITE_CORRUPT_INDEX,
          SQLITE_CORRUPT_SEQUENCE,
          SQLITE_FORMAT,
          SQLITE_IOERR_SHORT_READ,
          SQLITE_IOERR_CORRUPTFS,
          SQLITE_ERROR ->
          new DamagedException(folder, "SQLite can't read it", e);
      default -> unusable(e);
    };
  }

  StorageException unusable(Throwable e) {
    if (lacksRoom()) {
      return full(e);
    }
    return new StorageException(
        "The files in %s can't be read or written: check the disk and their permissions."
            .formatted(folder),
        e);
  }

  private StorageException full(Throwable e) {
    return new StorageException(
        "The disk with %s is full: make room, and try again.".formatted(folder), e);
  }

  /** Where not even SQLite's index of the log has room, it speaks of an I/O error. */
  private boolean lacksRoom() {
    try {
      return Files.getFileStore(folder).getUsableSpace() < LEAST_ROOM;
    } catch (IOException unknown) {
      return false;
    }
  }

  /**
   * Whether nobody can know any more what the disk holds: once it has failed to keep something, it
   * may forget it and report the next as kept.
   */
  static boolean lostTrust(SQLException e) {
    return e instanceof SQLiteException known
        && (known.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC
            || known.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC);
  }
}
