package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What stands at the beginning of a database's file (<a
 * href="https://www.sqlite.org/fileformat.html#the_database_header">SQLite's format</a>), read
 * without SQLite, which would at once begin to mend what it finds.
 *
 * @param application whose file it is, and whether it is in use or a copy
 * @param format the version of what is in it
 * @param writeVersion 1 for a journal, 2 for a log
 * @param readVersion the same
 */
record Header(int application, int format, int writeVersion, int readVersion) {

  /** A database that a storage writes. */
  static final int LIVE = 0x51436462;

  /** A database that is one file, new or a backup, and becomes a storage's when it is opened. */
  static final int SEED = 0x51436273;

  static final int FORMAT = 1;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 100;

  /** Empty if it is none of SQLite's. */
  static Optional<Header> read(Path file) throws IOException {
    ByteBuffer bytes = DatabaseFiles.beginning(file, LENGTH);
    if (bytes.remaining() < LENGTH
        || !bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      return Optional.empty();
    }
    return Optional.of(
        new Header(bytes.getInt(68), bytes.getInt(60), bytes.get(18), bytes.get(19)));
  }

  boolean isOurs() {
    return application == LIVE || application == SEED;
  }

  boolean hasKnownVersions() {
    return (writeVersion == 1 || writeVersion == 2) && readVersion == writeVersion;
  }
}
