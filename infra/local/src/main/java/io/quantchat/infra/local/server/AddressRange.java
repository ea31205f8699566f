package io.quantchat.infra.local.server;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address, or the network of addresses that begin with the same bits (CIDR, RFC 4632 and RFC
 * 4291).
 *
 * @param network its first address
 * @param bits how many bits of it count
 */
record AddressRange(InetAddress network, int bits) {

  private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern COLONS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern BITS = Pattern.compile("\\d{1,3}");

  /**
   * Reads one as a person typed it.
   *
   * @param typed such as {@code 10.0.0.0/8}, {@code ::1} or {@code 192.0.2.7}
   * @throws IllegalArgumentException if it is neither; its message is one sentence
   */
  static AddressRange parse(String typed) {
    int slash = typed.indexOf('/');
    String address = slash < 0 ? typed : typed.substring(0, slash);
    InetAddress network =
        literal(address)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "\"%s\" is neither an address nor a network such as 10.0.0.0/8."
                            .formatted(typed)));
    int all = network.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new AddressRange(network, all);
    }
    String bits = typed.substring(slash + 1);
    if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > all) {
      throw new IllegalArgumentException(
          "\"%s\" has no number of bits from 0 to %d behind its slash.".formatted(typed, all));
    }
    var range = new AddressRange(network, Integer.parseInt(bits));
    InetAddress first = range.first();
    if (!first.equals(network)) {
      throw new IllegalArgumentException(
          "\"%s\" is no network: it would begin at %s.".formatted(typed, first.getHostAddress()));
    }
    return range;
  }

  /** An address that is written out; nobody is asked for names. */
  static Optional<InetAddress> literal(String text) {
    try {
      if (DOTTED.matcher(text).matches()) {
        return Optional.of(Inet4Address.ofLiteral(text));
      }
      return COLONS.matcher(text).matches()
          ? Optional.of(Inet6Address.ofLiteral(text))
          : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    return address.getAddress().length == network.getAddress().length
        && new AddressRange(address, bits).first().equals(first());
  }

  private InetAddress first() {
    byte[] bytes = network.getAddress();
    int whole = bits / Byte.SIZE;
    if (whole < bytes.length) {
      bytes[whole] &= (byte) (0xFF00 >> (bits % Byte.SIZE));
      Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
