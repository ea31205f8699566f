package io.quantchat.infra.bench.storage;

import java.nio.file.Path;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB, with its defaults. */
final class RocksCandidate implements Candidate {

  private final Options options = new Options().setCreateIfMissing(true);
  private final WriteOptions durable = new WriteOptions().setSync(true);
  private final RocksDB database;

  RocksCandidate(Path folder) throws RocksDBException {
    database = RocksDB.open(options, folder.resolve("rocksdb").toString());
  }

  @Override
  public void commit(List<Write> writes) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      for (Write write : writes) {
        if (write.value() == null) {
          batch.delete(write.key());
        } else {
          batch.put(write.key(), write.value());
        }
      }
      database.write(durable, batch);
    }
  }

  @Override
  public byte[] get(byte[] key) throws RocksDBException {
    return database.get(key);
  }

  @Override
  public int scan(byte[] from, int rows) {
    int read = 0;
    try (RocksIterator entries = database.newIterator()) {
      entries.seek(from);
      while (read < rows && entries.isValid() && entries.key() != null && entries.value() != null) {
        read++;
        entries.next();
      }
    }
    return read;
  }

  @Override
  public void close() {
    database.close();
    durable.close();
    options.close();
  }
}
