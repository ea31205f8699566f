package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Copies of a folder's database: one file each, compared with its ledger before it is named. */
final class Backup {

  private final DatabaseFiles files;

  Backup(DatabaseFiles files) {
    this.files = files;
  }

  /** Writes what is committed when it begins. */
  void write(Path file) throws SQLException {
    if (Files.exists(file)) {
      throw new StorageException("The file %s is there already: choose another.".formatted(file));
    }
    Path aside = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.deleteIfExists(aside);
      DatabaseFiles.create(aside);
      try {
        copy(aside);
        finish(aside);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        DatabaseFiles.forceFolder(file.getParent());
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw new StorageException(
          "The backup %s can't be written: check its folder and the room on its disk."
              .formatted(file),
          e);
    }
  }

  /** Without free pages and what may be left in them. */
  private void copy(Path aside) throws SQLException {
    try (Session session = Session.open(files.folder(), files.database(), List.of())) {
      session.run("VACUUM INTO '%s'".formatted(aside.toString().replace("'", "''")));
    }
  }

  private void finish(Path aside) throws SQLException, IOException {
    var settings =
        List.of("PRAGMA journal_mode = DELETE", "PRAGMA application_id = " + Header.SEED);
    try (Session session = Session.open(files.folder(), aside, settings)) {
      new Inspection(files.folder(), session).run();
    }
    DatabaseFiles.force(aside);
  }

  /** Makes a backup the folder's database. */
  void restore(Path backup) throws IOException, SQLException {
    if (Files.exists(files.database()) || Files.exists(files.answered())) {
      throw new StorageException(
          "The folder %s holds a database: restore into an empty one.".formatted(files.folder()));
    }
    Optional<Header> header = Files.exists(backup) ? Header.read(backup) : Optional.<Header>empty();
    if (header.isEmpty() || header.get().application() != Header.SEED) {
      throw new StorageException("The file %s is no backup: choose another.".formatted(backup));
    }
    if (header.get().format() != Header.FORMAT) {
      throw new StorageException(
          "The backup %s is of format %d, this program's is %d: restore it with the version that made it."
              .formatted(backup, header.get().format(), Header.FORMAT));
    }
    Path aside = files.unfinished();
    try {
      DatabaseFiles.copy(backup, aside);
      try (Session session = Session.open(backup, aside, List.of())) {
        new Inspection(backup, session).run();
      }
      new Opening(files).putInPlace(aside);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
