package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A server with many sockets on which nothing happens.
 *
 * @param sockets that were opened
 * @param open that were still open when memory was looked at
 * @param opening seconds that it took to open them, accounts included
 * @param before bytes that the server had resident without them
 * @param resident bytes that it had resident with them
 */
public record Idle(int sockets, int open, double opening, long before, long resident) {

  /** What isn't needed for the sockets themselves is given time to end. */
  private static final long SETTLING = 3_000_000_000L;

  /** Files that a process needs beside its sockets. */
  private static final int OTHER_FILES = 500;

  /** How many files a process may have to be able to have open, for so many sockets. */
  public static long filesFor(int sockets) {
    return (long) sockets + OTHER_FILES;
  }

  /** Opens them, and closes them again. */
  public static Idle of(Service service, int sockets) throws IOException {
    long before = ProcessUse.resident(service.process());
    long began = System.nanoTime();
    try (Crowd crowd = service.gather(sockets, new SplittableRandom())) {
      double opening = (System.nanoTime() - began) / 1e9;
      LockSupport.parkNanos(SETTLING);
      long resident = ProcessUse.resident(service.process());
      return new Idle(sockets, crowd.open(), opening, before, resident);
    }
  }
}
