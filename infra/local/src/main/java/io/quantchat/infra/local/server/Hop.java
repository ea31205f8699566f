package io.quantchat.infra.local.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What one proxy said of whom it had a request from.
 *
 * @param written as it stands in the header
 * @param address the address in it; empty where it is none
 * @param scheme {@code http} or {@code https}, if it said that
 */
record Hop(String written, Optional<InetAddress> address, Optional<String> scheme) {

  /** An address of IPv6 in brackets, or one of IPv4, with a port that doesn't matter. */
  private static final Pattern WITH_PORT = Pattern.compile("\\[([^]]*)](?::\\w*)?|([^:]*):\\w*");

  /** Those of {@code X-Forwarded-For}, the client's own first. */
  static List<Hop> ofForwardedFor(HttpFields headers) {
    List<Hop> hops = new ArrayList<>();
    for (String line : headers.getValuesList(HttpHeader.X_FORWARDED_FOR)) {
      for (String node : line.split(",", -1)) {
        hops.add(new Hop(node.strip(), address(node.strip()), Optional.empty()));
      }
    }
    return hops;
  }

  /** Those of {@code Forwarded} (RFC 7239, section 4), the client's own first. */
  static List<Hop> ofForwarded(HttpFields headers) {
    List<Hop> hops = new ArrayList<>();
    for (String line : headers.getValuesList(HttpHeader.FORWARDED)) {
      for (String element : split(line, ',')) {
        hops.add(ofElement(element));
      }
    }
    return hops;
  }

  private static Hop ofElement(String element) {
    Optional<InetAddress> address = Optional.empty();
    Optional<String> scheme = Optional.empty();
    for (String pair : split(element, ';')) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
      String value = unquoted(pair.substring(equals + 1).strip());
      if (name.equals("for")) {
        address = address(value);
      } else if (name.equals("proto")) {
        scheme = scheme(value);
      }
    }
    return new Hop(element.strip(), address, scheme);
  }

  /** {@code http} or {@code https} in small letters; empty for everything else. */
  static Optional<String> scheme(String said) {
    return Optional.of(said.strip().toLowerCase(Locale.ROOT))
        .filter(scheme -> scheme.equals("http") || scheme.equals("https"));
  }

  private static Optional<InetAddress> address(String node) {
    Optional<InetAddress> bare = AddressRange.literal(node);
    Matcher withPort = WITH_PORT.matcher(node);
    if (bare.isPresent() || !withPort.matches()) {
      return bare;
    }
    return AddressRange.literal(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
  }

  /**
   * A client may have begun a quotation that it didn't end, before a proxy added to the line:
   * nothing in such a line can be believed, so it is one part, and no pair.
   */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '"') {
        quoted = !quoted;
      } else if (next == '\\' && quoted) {
        i++;
      } else if (next == separator && !quoted) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    if (quoted) {
      return List.of(text.replace('=', ' '));
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1).replace("\\", "")
        : value;
  }
}
