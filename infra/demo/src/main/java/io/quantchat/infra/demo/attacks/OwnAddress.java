package io.quantchat.infra.demo.attacks;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where attacks on this machine come from: an address of their own in 127.0.0.0/8, all of which
 * lead here (RFC 1122 §3.2.1.3). What an address is refused after them hits neither the next ones
 * nor whoever lives here.
 */
final class OwnAddress {

  private OwnAddress() {}

  /**
   * An address for calls to a host; none if that is another machine, or where the system lets
   * programs call from 127.0.0.1 alone, as macOS does.
   */
  static Optional<InetAddress> towards(String host) {
    try {
      InetAddress called = InetAddress.getByName(host);
      if (!(called instanceof Inet4Address) || !called.isLoopbackAddress()) {
        return Optional.empty();
      }
      InetAddress own = random();
      return canBeCalledFrom(own) ? Optional.of(own) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static InetAddress random() throws UnknownHostException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return InetAddress.getByAddress(
        new byte[] {
          127,
          (byte) random.nextInt(1, 255),
          (byte) random.nextInt(256),
          (byte) random.nextInt(1, 255)
        });
  }

  private static boolean canBeCalledFrom(InetAddress address) {
    try (ServerSocket bound = new ServerSocket(0, 1, address)) {
      return bound.isBound();
    } catch (IOException notHere) {
      return false;
    }
  }
}
