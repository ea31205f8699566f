package io.quantchat.infra.bench.load;

import java.io.IOException;

/** Sockets on which nothing happens. */
public interface Crowd extends AutoCloseable {

  /** How many are still open: the server has closed the others. */
  int open() throws IOException;

  @Override
  void close() throws IOException;
}
