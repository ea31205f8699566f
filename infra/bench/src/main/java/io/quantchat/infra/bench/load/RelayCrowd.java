package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sockets of people who have several: to register an account takes a password hash, a tenth of a
 * second of a processor.
 */
final class RelayCrowd implements Crowd {

  /** Sockets of one account. */
  static final int EACH = 50;

  private final List<FrameConnection> sockets = new ArrayList<>();

  private RelayCrowd() {}

  static RelayCrowd gather(Endpoint instance, int sockets, SplittableRandom random)
      throws IOException {
    RelayCrowd crowd = new RelayCrowd();
    try (HttpConnection rest = HttpConnection.open(instance.restUrl())) {
      while (crowd.sockets.size() < sockets) {
        String token = Account.register(rest, random).token();
        for (int i = 0; i < EACH && crowd.sockets.size() < sockets; i++) {
          crowd.sockets.add(FrameConnection.openIdle(instance.socketUrl(), token));
        }
      }
      return crowd;
    } catch (IOException failed) {
      crowd.close();
      throw new IOException(
          "Only %d of %d sockets could be opened".formatted(crowd.sockets.size(), sockets), failed);
    }
  }

  @Override
  public int open() throws IOException {
    int open = 0;
    for (FrameConnection socket : sockets) {
      open += socket.isOpen() ? 1 : 0;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    for (FrameConnection socket : sockets) {
      socket.close();
    }
  }
}
