package io.quantchat.infra.database.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DiskStorageContractTest extends StorageContract {

  @TempDir private Path folder;

  @Override
  Storage open() {
    return DiskStorage.open(folder.resolve("data"));
  }
}
