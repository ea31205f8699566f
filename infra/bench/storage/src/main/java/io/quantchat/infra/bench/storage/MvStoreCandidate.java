package io.quantchat.infra.bench.storage;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore. */
final class MvStoreCandidate implements Candidate {

  private final MVStore store;
  private final MVMap<byte[], byte[]> map;

  MvStoreCandidate(Path folder) {
    store =
        new MVStore.Builder()
            .fileName(folder.resolve("mvstore").toString())
            .autoCommitDisabled()
            .open();
    map =
        store.openMap(
            "t",
            new MVMap.Builder<byte[], byte[]>()
                .keyType(ByteArrayDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
  }

  @Override
  public void commit(List<Write> writes) {
    for (Write write : writes) {
      if (write.value() == null) {
        map.remove(write.key());
      } else {
        map.put(write.key(), write.value());
      }
    }
    store.commit();
    store.sync();
  }

  @Override
  public byte[] get(byte[] key) {
    return map.get(key);
  }

  @Override
  public int scan(byte[] from, int rows) {
    int read = 0;
    for (Iterator<byte[]> keys = map.keyIterator(from); read < rows && keys.hasNext(); read++) {
      map.get(keys.next());
    }
    return read;
  }

  @Override
  public void close() {
    store.close();
  }
}
