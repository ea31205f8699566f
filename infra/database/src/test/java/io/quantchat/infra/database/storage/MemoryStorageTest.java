package io.quantchat.infra.database.storage;

final class MemoryStorageTest extends StorageContract {

  @Override
  Storage open() {
    return new MemoryStorage();
  }
}
