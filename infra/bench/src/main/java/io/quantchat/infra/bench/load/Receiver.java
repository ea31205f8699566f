package io.quantchat.infra.bench.load;

import java.io.IOException;

/** Somebody who is online, to whom messages are pushed. */
public interface Receiver extends AutoCloseable {

  /** Answers for what has arrived and isn't answered for yet. */
  void flush();

  /** Whether the server has done all that this one asked it to. */
  boolean isSettled();

  @Override
  void close() throws IOException;
}
