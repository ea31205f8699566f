package io.quantchat.infra.bench.storage;

import java.sql.SQLException;
import java.util.List;

/** A storage library, as little of it as the relay's load needs. */
interface Candidate extends AutoCloseable {

  /**
   * A key's new value.
   *
   * @param value null where the key is to go
   */
  record Write(byte[] key, byte[] value) {}

  /** Called by one thread at a time, unless it makes groups itself; durable when it returns. */
  void commit(List<Write> writes) throws Exception;

  /** Whether what many threads commit at once is brought together by the library. */
  default boolean makesGroups() {
    return false;
  }

  /** Called by any thread; null where there is nothing. */
  byte[] get(byte[] key) throws Exception;

  /** Reads so many entries in order; answers how many there were. Called by any thread. */
  int scan(byte[] from, int rows) throws Exception;

  @Override
  void close() throws SQLException;
}
