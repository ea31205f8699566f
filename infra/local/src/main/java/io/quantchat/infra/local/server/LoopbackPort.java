package io.quantchat.infra.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of {@code localhost} that is taken, on both of its addresses where the machine has both;
 * connections wait until a {@link LoopbackServer} answers. It is taken at once, before anything of
 * Jetty is loaded, so that whoever can't have it needn't wait to be told.
 */
public final class LoopbackPort implements AutoCloseable {

  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";

  /** How often a port that is free on one address may turn out to be taken on the other. */
  private static final int ATTEMPTS = 20;

  private final List<ServerSocketChannel> channels;
  private final int number;

  private LoopbackPort(List<ServerSocketChannel> channels, int number) {
    this.channels = channels;
    this.number = number;
  }

  /**
   * Takes a port.
   *
   * @param number 0 for any that is free
   * @throws BindException if the port is taken
   */
  public static LoopbackPort take(int number) throws IOException {
    List<String> addresses = hasIpv6Loopback() ? List.of(IPV4, IPV6) : List.of(IPV4);
    for (int attempt = 1; ; attempt++) {
      try {
        return take(addresses, number);
      } catch (BindException e) {
        if (number != 0 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static LoopbackPort take(List<String> addresses, int number) throws IOException {
    List<ServerSocketChannel> taken = new ArrayList<>();
    int bound = number;
    try {
      for (String address : addresses) {
        ServerSocketChannel channel = ServerSocketChannel.open();
        taken.add(channel);
        // A port that was in use a moment ago is free, though its connections linger.
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(InetAddress.getByName(address), bound));
        bound = channel.socket().getLocalPort();
      }
    } catch (IOException e) {
      close(taken);
      throw e;
    }
    return new LoopbackPort(taken, bound);
  }

  private static boolean hasIpv6Loopback() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address.isLoopbackAddress() && address instanceof Inet6Address);
  }

  /** The port that clients reach. */
  public int number() {
    return number;
  }

  /** One for each address. */
  List<ServerSocketChannel> channels() {
    return channels;
  }

  @Override
  public void close() {
    close(channels);
  }

  private static void close(List<ServerSocketChannel> channels) {
    try {
      for (ServerSocketChannel channel : channels) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
