package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.util.SplittableRandom;

/** A server that was started to be measured. It ends when this is closed. */
public interface Service extends AutoCloseable {

  /** Seconds from its start until it answered. */
  double ready();

  /** The id of its process. */
  long process();

  /** Pairs of people who are online. */
  Pairs meet(int pairs, MessageLog log, SplittableRandom random) throws IOException;

  /** One who is away, and as many who write to them. */
  Away away(int senders, SplittableRandom random) throws IOException;

  /** So many sockets. */
  Crowd gather(int sockets, SplittableRandom random) throws IOException;

  @Override
  void close() throws IOException;
}
