package io.quantchat.infra.local.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where clients find the system: scheme, host and, if it isn't the scheme's own, port.
 *
 * @param base such as {@code https://chat.example.org}, without a slash at its end
 */
public record PublicUrl(URI base) {

  /**
   * Reads one as a person typed it.
   *
   * @throws IllegalArgumentException if it is anything else; its message is one sentence
   */
  public static PublicUrl parse(String typed) {
    URI uri;
    try {
      uri = new URI(typed);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("\"%s\" is no URL.".formatted(typed), e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "\"%s\" is no URL such as https://chat.example.org.".formatted(typed));
    }
    boolean more =
        uri.getRawUserInfo() != null
            || uri.getRawQuery() != null
            || uri.getRawFragment() != null
            || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
    if (more) {
      throw new IllegalArgumentException(
          "\"%s\" has more than scheme, host and port: the APIs stand at the root of a host."
              .formatted(typed));
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("\"%s\" has no usable port.".formatted(typed));
    }
    return of(scheme, uri.getHost(), uri.getPort());
  }

  /**
   * The URL of a port of this machine.
   *
   * @param port -1 for the scheme's own
   */
  public static PublicUrl of(String scheme, String host, int port) {
    return new PublicUrl(URI.create(scheme + "://" + host + (port < 0 ? "" : ":" + port)));
  }

  /** What is asked by HTTP at a path. */
  public URI http(String path) {
    return URI.create(base + path);
  }

  /** What sockets connect to at a path. */
  public URI socket(String path) {
    return URI.create(base.toString().replaceFirst("^http", "ws") + path);
  }
}
