package io.quantchat.infra.bench.load;

import java.io.IOException;

/** Somebody's way to send to one other, one message at a time. */
public interface Line extends AutoCloseable {

  /** The status of a message that the server took. */
  int TAKEN = 201;

  /** The status of a message that the server refused. */
  int REFUSED = 503;

  /**
   * Sends a message and waits until the server has answered for it.
   *
   * @param number what its id tells when it arrives
   * @return as HTTP has it: 2xx if the server took it
   */
  int send(int number) throws IOException;

  @Override
  void close() throws IOException;
}
