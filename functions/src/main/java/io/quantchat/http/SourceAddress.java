package io.quantchat.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a request comes from, as far as limits tell callers apart: an IPv4 address, or the first 64
 * bits of an IPv6 one, since whoever has one address of such a network has all of them (RFC 6177).
 *
 * <p>It is read from what the gateway saw, or the {@link Edge} in front of it, and from nothing
 * that the caller wrote: no {@code X-Forwarded-For}.
 *
 * @param text such as {@code 203.0.113.9} or {@code 20010db800000000/64}
 */
public record SourceAddress(String text) {

  /** All whose address the gateway doesn't say share one. */
  private static final SourceAddress UNKNOWN = new SourceAddress("unknown");

  private static final int PREFIX_BYTES = 8;

  /** The address of a gateway's event. */
  static SourceAddress of(JsonNode event, Edge edge) {
    return edge.viewerOf(event)
        .orElseGet(
            () -> parse(event.path("requestContext").path("identity").path("sourceIp").asText()));
  }

  /** The address that is written so; never looks up a name. */
  static SourceAddress parse(String literal) {
    return find(literal).orElse(UNKNOWN);
  }

  /** The address that is written so, if it is one; never looks up a name. */
  static Optional<SourceAddress> find(String literal) {
    try {
      InetAddress address = InetAddress.ofLiteral(literal);
      return Optional.of(
          address instanceof Inet4Address
              ? new SourceAddress(address.getHostAddress())
              : networkOf(address.getAddress()));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static SourceAddress networkOf(byte[] address) {
    return new SourceAddress(
        HexFormat.of().formatHex(Arrays.copyOf(address, PREFIX_BYTES)) + "/64");
  }

  /** Nothing of who calls: it may be logged. */
  @Override
  public String toString() {
    return "SourceAddress[]";
  }
}
