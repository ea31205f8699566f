package io.quantchat.infra.local.database;

import io.quantchat.infra.database.storage.DiskStorage;
import io.quantchat.infra.database.storage.StorageException;
import io.quantchat.infra.local.backup.FolderBackups;
import java.io.IOException;
import java.nio.file.Path;

/** Backups of the tables that {@link OwnDatabase} keeps in a folder, while nobody has it open. */
public final class StoredTables implements FolderBackups {

  @Override
  public void backUp(Path tables, Path file) throws IOException {
    try (DiskStorage storage = DiskStorage.open(tables)) {
      storage.backup(file);
    } catch (StorageException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void restore(Path file, Path tables) throws IOException {
    try {
      DiskStorage.restore(file, tables);
    } catch (StorageException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
