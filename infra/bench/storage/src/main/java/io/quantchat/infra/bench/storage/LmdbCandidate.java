package io.quantchat.infra.bench.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.CursorIterable;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.KeyRange;
import org.lmdbjava.Txn;

/** LMDB, with its defaults, which force each commit to the disk. */
final class LmdbCandidate implements Candidate {

  private static final long LARGEST = 32L << 30;

  private final Env<byte[]> env;
  private final Dbi<byte[]> entries;

  LmdbCandidate(Path folder) throws IOException {
    Path own = Files.createDirectories(folder.resolve("lmdb"));
    env = Env.create(ByteArrayProxy.PROXY_BA).setMapSize(LARGEST).setMaxDbs(1).open(own.toFile());
    entries = env.openDbi("t", DbiFlags.MDB_CREATE);
  }

  @Override
  public void commit(List<Write> writes) {
    try (Txn<byte[]> transaction = env.txnWrite()) {
      for (Write write : writes) {
        if (write.value() == null) {
          entries.delete(transaction, write.key());
        } else {
          entries.put(transaction, write.key(), write.value());
        }
      }
      transaction.commit();
    }
  }

  @Override
  public byte[] get(byte[] key) {
    try (Txn<byte[]> transaction = env.txnRead()) {
      return entries.get(transaction, key);
    }
  }

  @Override
  public int scan(byte[] from, int rows) {
    int read = 0;
    try (Txn<byte[]> transaction = env.txnRead();
        CursorIterable<byte[]> found = entries.iterate(transaction, KeyRange.atLeast(from))) {
      for (Iterator<CursorIterable.KeyVal<byte[]>> each = found.iterator();
          read < rows && each.hasNext() && each.next().val() != null; ) {
        read++;
      }
    }
    return read;
  }

  @Override
  public void close() {
    env.close();
  }
}
