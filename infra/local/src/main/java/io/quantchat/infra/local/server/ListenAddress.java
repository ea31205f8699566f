package io.quantchat.infra.local.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of this machine that a port is taken on.
 *
 * @param host a URL's host by which a program on this machine reaches one of them
 * @param addresses at least one
 */
public record ListenAddress(String host, List<InetAddress> addresses) {

  private static final String LOCALHOST = "localhost";

  public ListenAddress {
    addresses = List.copyOf(addresses);
  }

  /** {@code localhost}, on both of its addresses where the machine has both. */
  public static ListenAddress localhost() {
    return new ListenAddress(
        LOCALHOST,
        (hasIpv6Loopback() ? Stream.of("127.0.0.1", "::1") : Stream.of("127.0.0.1"))
            .map(ListenAddress::literal)
            .toList());
  }

  /**
   * The addresses that were asked for.
   *
   * @param typed a name, or an address of IPv4 or IPv6, with or without brackets; {@code 0.0.0.0}
   *     for every address of IPv4, {@code ::} for every one there is
   * @throws UnknownHostException if the name has no address
   */
  public static ListenAddress of(String typed) throws UnknownHostException {
    if (typed.equalsIgnoreCase(LOCALHOST)) {
      return localhost();
    }
    if (typed.isBlank()) {
      throw new UnknownHostException(typed);
    }
    List<InetAddress> addresses = Stream.of(InetAddress.getAllByName(typed)).distinct().toList();
    if (addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
      return new ListenAddress(LOCALHOST, addresses);
    }
    boolean bare = typed.contains(":") && !typed.startsWith("[");
    return new ListenAddress(bare ? "[" + typed + "]" : typed, addresses);
  }

  /** Whether no other machine can reach them. */
  public boolean isLoopback() {
    return addresses.stream().allMatch(InetAddress::isLoopbackAddress);
  }

  /** Whether this machine has them all, as far as it tells. */
  public boolean isOfThisMachine() throws SocketException {
    for (InetAddress address : addresses) {
      if (!address.isAnyLocalAddress()
          && !address.isLoopbackAddress()
          && NetworkInterface.getByInetAddress(address) == null) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean hasIpv6Loopback() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(address -> address.isLoopbackAddress() && address instanceof Inet6Address);
    } catch (SocketException e) {
      throw new IllegalStateException("This machine's addresses can't be listed", e);
    }
  }
}
