package io.quantchat.infra.local.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A copy of the tables, in their own folder, for as long as it takes to hand it on. What hands it
 * on may run as another user than whoever asked for it: the one can't write where the other can.
 */
final class CopiedTables implements AutoCloseable {

  private static final String PREFIX = "backup-";
  private static final String SUFFIX = ".tmp";

  private final Path file;

  private CopiedTables(Path file) {
    this.file = file;
  }

  /**
   * Makes one.
   *
   * @param folder where only the tables' owner looks
   */
  static CopiedTables of(Snapshot tables, Path folder) throws IOException {
    var copy = new CopiedTables(folder.resolve(PREFIX + UUID.randomUUID() + SUFFIX));
    try {
      tables.write(copy.file);
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** Removes those that a killed process left. */
  static void clear(Path folder) throws IOException {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX + "*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
