package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.util.List;

/** Somebody who is away, for whom messages are kept. */
public interface Away extends AutoCloseable {

  /** Those who write to them. */
  List<Line> lines();

  /**
   * Comes back and takes what waits, until nothing does.
   *
   * @param expected how many there are, for a protocol that doesn't say when it has handed over all
   * @return how many messages were taken
   */
  int drain(int expected) throws IOException;

  @Override
  void close() throws IOException;
}
