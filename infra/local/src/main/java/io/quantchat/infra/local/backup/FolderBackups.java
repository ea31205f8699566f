package io.quantchat.infra.local.backup;

import java.io.IOException;
import java.nio.file.Path;

/** Backups of tables in a folder that no process has open. */
public interface FolderBackups {

  /**
   * Copies the tables of a folder.
   *
   * @param file isn't there yet
   * @throws IOException with a sentence, if the tables can't be read or the file be written
   */
  void backUp(Path tables, Path file) throws IOException;

  /**
   * Makes a backup the tables of a folder that has none.
   *
   * @throws IOException with a sentence, if the file is no backup, or the folder has tables
   */
  void restore(Path file, Path tables) throws IOException;
}
