package io.quantchat.infra.local.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the bytes of a backup come from. */
@FunctionalInterface
public interface BackupSource {

  /**
   * Writes a whole backup.
   *
   * @throws IOException if it can't be written there
   * @throws BackupFailure if there is none to be had
   */
  void copyTo(OutputStream out) throws IOException, BackupFailure;

  /** A backup of tables that nothing else has open. */
  static BackupSource of(Snapshot tables, Path folder) {
    return out -> {
      try (CopiedTables copy = copied(tables, folder)) {
        Files.copy(copy.file(), out);
      }
    };
  }

  private static CopiedTables copied(Snapshot tables, Path folder) throws BackupFailure {
    try {
      return CopiedTables.of(tables, folder);
    } catch (IOException | RuntimeException e) {
      throw new BackupFailure(e.getMessage(), e);
    }
  }
}
