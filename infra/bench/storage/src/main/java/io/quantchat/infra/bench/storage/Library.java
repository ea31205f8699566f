package io.quantchat.infra.bench.storage;

import com.kenai.jffi.Function;
import io.quantchat.infra.database.storage.DiskStorage;
import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import jnr.ffi.Pointer;
import org.h2.mvstore.MVStore;
import org.lmdbjava.Env;
import org.rocksdb.RocksDB;
import org.sqlite.JDBC;

/** What is measured. The first is what the others are compared with. */
enum Library {
  SQLITE("pages of a log"),
  QUANTCHAT("each entry, and their sum"),
  MVSTORE("chunks' headers"),
  ROCKSDB("blocks and log"),
  LMDB("none");

  final String checksums;

  Library(String checksums) {
    this.checksums = checksums;
  }

  Candidate open(Path folder) throws Exception {
    return switch (this) {
      case SQLITE -> new SqliteCandidate(folder);
      case QUANTCHAT -> new QuantchatCandidate(folder);
      case MVSTORE -> new MvStoreCandidate(folder);
      case ROCKSDB -> new RocksCandidate(folder);
      case LMDB -> new LmdbCandidate(folder);
    };
  }

  /** Bytes of its jars. */
  long weight() {
    Stream<Class<?>> classes =
        switch (this) {
          case SQLITE -> Stream.of(JDBC.class);
          case QUANTCHAT -> Stream.of(JDBC.class, DiskStorage.class);
          case MVSTORE -> Stream.of(MVStore.class);
          case ROCKSDB -> Stream.of(RocksDB.class);
          case LMDB -> Stream.of(Env.class, Pointer.class, Function.class);
        };
    return classes
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .mapToLong(jar -> new File(jar).length())
        .sum();
  }
}
