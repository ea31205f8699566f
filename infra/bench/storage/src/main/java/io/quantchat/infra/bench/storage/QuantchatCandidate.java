package io.quantchat.infra.bench.storage;

import io.quantchat.infra.database.storage.DiskStorage;
import io.quantchat.infra.database.storage.Storage;
import java.nio.file.Path;
import java.util.List;

/** This program's own storage on SQLite, with its hashes and ledger. */
final class QuantchatCandidate implements Candidate {

  private static final String SPACE = "t";
  private final DiskStorage storage;

  QuantchatCandidate(Path folder) {
    storage = DiskStorage.open(folder);
    storage.createSpace(SPACE);
  }

  @Override
  public void commit(List<Write> writes) {
    storage.change(
        change -> {
          for (Write write : writes) {
            if (write.value() == null) {
              change.delete(SPACE, write.key());
            } else {
              change.put(SPACE, write.key(), write.value());
            }
          }
          return null;
        });
  }

  @Override
  public boolean makesGroups() {
    return true;
  }

  @Override
  public byte[] get(byte[] key) {
    return storage.get(SPACE, key);
  }

  @Override
  public int scan(byte[] from, int rows) {
    int[] read = {0};
    storage.scan(SPACE, new Storage.Range(from, null, true), (key, value) -> ++read[0] < rows);
    return read[0];
  }

  @Override
  public void close() {
    storage.close();
  }
}
