package io.quantchat.infra.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that is taken on each address of a {@link ListenAddress}; connections wait until a {@link
 * GatewayServer} answers. It is taken at once, before anything of Jetty is loaded, so that whoever
 * can't have it needn't wait to be told.
 */
public final class ListeningPort implements AutoCloseable {

  /** How often a port that is free on one address may turn out to be taken on the other. */
  private static final int ATTEMPTS = 20;

  private final List<ServerSocketChannel> channels;
  private final int number;

  private ListeningPort(List<ServerSocketChannel> channels, int number) {
    this.channels = channels;
    this.number = number;
  }

  /** Takes a port of {@code localhost}; otherwise as {@link #take(ListenAddress, int)}. */
  public static ListeningPort take(int number) throws IOException {
    return take(ListenAddress.localhost(), number);
  }

  /**
   * Takes a port.
   *
   * @param number 0 for any that is free
   * @throws BindException if the port is taken, or an address isn't this machine's
   */
  public static ListeningPort take(ListenAddress where, int number) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return take(where.addresses(), number);
      } catch (BindException e) {
        if (number != 0 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static ListeningPort take(List<InetAddress> addresses, int number) throws IOException {
    List<ServerSocketChannel> taken = new ArrayList<>();
    int bound = number;
    try {
      for (InetAddress address : addresses) {
        // A socket of IPv6 would take every address where every one of IPv4 was asked for.
        ServerSocketChannel channel =
            address instanceof Inet4Address
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
        taken.add(channel);
        // A port that was in use a moment ago is free, though its connections linger.
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(address, bound));
        bound = channel.socket().getLocalPort();
      }
    } catch (IOException e) {
      close(taken);
      throw e;
    }
    return new ListeningPort(taken, bound);
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
