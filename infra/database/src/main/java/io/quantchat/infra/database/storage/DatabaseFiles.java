package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The files of a folder: the database, what SQLite keeps beside it, the note of what was answered,
 * and the lock. All of them are their owner's alone: SQLite makes its own with the database's
 * permissions.
 */
record DatabaseFiles(Path folder) {

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  private static final String LOCK = "tables.lock";

  Path database() {
    return folder.resolve("tables.db");
  }

  /** What is committed and not yet in its place in the database. */
  Path log() {
    return folder.resolve("tables.db-wal");
  }

  Path index() {
    return folder.resolve("tables.db-shm");
  }

  Path journal() {
    return folder.resolve("tables.db-journal");
  }

  Path answered() {
    return folder.resolve("tables.answered");
  }

  Path lock() {
    return folder.resolve(LOCK);
  }

  /** Takes the folder for one storage. */
  FolderLock hold() throws IOException {
    return FolderLock.take(folder, LOCK)
        .orElseThrow(
            () ->
                new StorageException(
                    "The database in %s is in use by another program: stop that one, or choose another folder."
                        .formatted(folder)));
  }

  /** A database that is being made, and will be renamed. */
  Path unfinished() {
    return folder.resolve("tables.unfinished");
  }

  /** Makes the folder, for its owner alone, where it isn't there. */
  void createFolder() throws IOException {
    if (posix(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  /** Takes from others what rights they have on files that were copied here. */
  void protect() throws IOException {
    if (!posix(folder)) {
      return;
    }
    for (Path file : List.of(database(), log(), index(), journal(), answered(), lock())) {
      if (Files.exists(file)) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.retainAll(OWNERS)) {
          Files.setPosixFilePermissions(file, permissions);
        }
      }
    }
  }

  /** Copies into an empty file, for its owner alone. */
  static void copy(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    create(to);
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel target = FileChannel.open(to, StandardOpenOption.WRITE)) {
      long length = source.size();
      for (long copied = 0; copied < length; ) {
        copied += source.transferTo(copied, length - copied, target);
      }
    }
  }

  /** Makes an empty file, for its owner alone, where it isn't there. */
  static void create(Path file) throws IOException {
    try {
      if (posix(file.toAbsolutePath().getParent())) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException there) {
      // Then it is opened as it is.
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** The length of a file; 0 where it isn't there. */
  static long size(Path file) {
    return file.toFile().length();
  }

  /** Has the disk keep a file's content. */
  static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Has the disk keep a folder's names; systems that can't open a folder keep them by themselves.
   */
  static void forceFolder(Path folder) throws IOException {
    if (!posix(folder)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A file's first bytes, as many as there are. */
  static ByteBuffer beginning(Path file, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int read;
      do {
        read = channel.read(bytes);
      } while (read >= 0 && bytes.hasRemaining());
    }
    return bytes.flip();
  }
}
