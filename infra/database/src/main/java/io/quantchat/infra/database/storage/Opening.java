package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at what a folder holds before it is used, and makes a database where there is none. */
final class Opening {

  private static final List<String> WRITERS =
      List.of(
          "PRAGMA journal_mode = WAL", "PRAGMA secure_delete = ON", "PRAGMA cache_size = -32768");

  private final DatabaseFiles files;
  private final Path folder;

  Opening(DatabaseFiles files) {
    this.files = files;
    folder = files.folder();
  }

  /** Makes sure that there is a database that can be opened. To be called under the lock. */
  void prepare() throws IOException, SQLException {
    files.protect();
    if (!Files.exists(files.database())) {
      requireNoRemains();
      create();
    }
    requireWritable(files.database());
    Header header = header();
    if (DatabaseFiles.size(files.journal()) > 0) {
      header = undone();
    }
    if (header.application() == Header.SEED) {
      adopt();
    }
  }

  /** Whoever was killed while it adopted a backup left the way back, which only a writer goes. */
  private Header undone() throws IOException, SQLException {
    try (Session session = Session.open(folder, files.database(), List.of())) {
      session.ledger();
    }
    return header();
  }

  private void requireNoRemains() {
    if (Files.exists(files.answered()) || DatabaseFiles.size(files.log()) > 0) {
      throw new DamagedException(folder, "the file %s is missing".formatted(files.database()));
    }
  }

  /**
   * Bytes. A row of up to a quarter of a page lies in it; of a longer one, the rest takes pages of
   * its own, which a message of 1 kB would do with SQLite's usual 4096.
   */
  private static final int PAGE = 8192;

  /** An empty database is made like a backup, aside: if this is cut short, nothing is there. */
  private void create() throws IOException, SQLException {
    Path aside = files.unfinished();
    Files.deleteIfExists(aside);
    Files.deleteIfExists(aside.resolveSibling(aside.getFileName() + "-journal"));
    DatabaseFiles.create(aside);
    var settings =
        List.of(
            "PRAGMA page_size = " + PAGE,
            "PRAGMA application_id = " + Header.SEED,
            "PRAGMA user_version = " + Header.FORMAT);
    try (Session session = Session.open(folder, aside, settings)) {
      session.run(Session.LedgerTable.CREATE);
      session.run(Session.LedgerTable.FILL);
      session.write(Ledger.EMPTY);
    }
    putInPlace(aside);
  }

  /** Names a finished database as the folder's. */
  void putInPlace(Path aside) throws IOException {
    DatabaseFiles.force(aside);
    Files.move(aside, files.database(), StandardCopyOption.ATOMIC_MOVE);
    DatabaseFiles.forceFolder(folder);
  }

  private Header header() throws IOException {
    Optional<Header> found = Header.read(files.database()).filter(Header::isOurs);
    if (found.isEmpty()) {
      if (Files.exists(files.answered())) {
        throw new DamagedException(folder, "its first page can't be read");
      }
      throw new StorageException(
          "The file %s is no database of QuantChat: choose another folder."
              .formatted(files.database()));
    }
    Header header = found.get();
    if (header.format() != Header.FORMAT) {
      throw ofOtherFormat(header);
    }
    if (!header.hasKnownVersions()) {
      throw new DamagedException(folder, "its first page can't be read");
    }
    return header;
  }

  private StorageException ofOtherFormat(Header header) throws IOException {
    if (header.application() == Header.LIVE && noted().isPresent()) {
      return new DamagedException(folder, "its first page can't be read");
    }
    return new StorageException(
        "The database in %s is of format %d, this program's is %d: use the version that made it, or"
                .formatted(folder, header.format(), Header.FORMAT)
            + " choose another folder.");
  }

  /** Makes a new database or a backup the one that is written here. */
  private void adopt() throws IOException, SQLException {
    if (DatabaseFiles.size(files.log()) > 0) {
      throw new StorageException(
          "Beside the backup in %s lies another database's log: put the backup into an empty folder."
              .formatted(folder));
    }
    var settings = List.of("PRAGMA journal_mode = DELETE");
    try (Session session = Session.open(folder, files.database(), settings)) {
      new Inspection(folder, session).run();
      AnsweredNote.create(files.answered(), session.ledger().sequence()).close();
      DatabaseFiles.forceFolder(folder);
      session.run("PRAGMA application_id = " + Header.LIVE);
    }
  }

  private OptionalLong noted() throws IOException {
    if (!Files.exists(files.answered())) {
      return OptionalLong.empty();
    }
    try (AnsweredNote note = AnsweredNote.open(files.answered())) {
      return note.read();
    }
  }

  /** The note beside a database that has been in use. */
  AnsweredNote note() throws IOException {
    if (!Files.exists(files.answered())) {
      throw new DamagedException(
          folder, "the file %s is missing".formatted(files.answered().getFileName()));
    }
    requireWritable(files.answered());
    return AnsweredNote.open(files.answered());
  }

  /**
   * Makes sure that the database is as new as what was answered, and changes nothing if it isn't:
   * whoever has a better part of it can put that back.
   *
   * @param whole whether to read all that is stored as well
   */
  void verify(AnsweredNote note, boolean whole) throws IOException, SQLException {
    long answered =
        note.read()
            .orElseThrow(
                () ->
                    new DamagedException(
                        folder,
                        "the file %s can't be read".formatted(files.answered().getFileName())));
    try (Session session = Session.reading(folder, files.database())) {
      long held = session.ledger().sequence();
      if (held < answered) {
        throw new DamagedException(
            folder,
            "%d groups of writes that were answered are missing".formatted(answered - held));
      }
      if (whole) {
        new Inspection(folder, session).run();
      }
    }
  }

  /** A session that can write what was verified. */
  Session writer() throws IOException, SQLException {
    Session session = Session.open(folder, files.database(), WRITERS);
    try {
      files.protect();
      return session;
    } catch (IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void requireWritable(Path file) {
    if (!Files.isWritable(file)) {
      throw new StorageException(
          "The file %s can't be written: check its permissions.".formatted(file));
    }
  }
}
