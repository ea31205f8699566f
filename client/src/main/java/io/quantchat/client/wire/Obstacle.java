package io.quantchat.client.wire;

import io.quantchat.client.model.ServerUnreachableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Says why there was no answer: where it was asked for, and what came instead. Of the address only
 * host and port are said, for a query may hold a ticket.
 */
final class Obstacle {

  private static final Set<String> WITH_TLS = Set.of("https", "wss");

  private Obstacle() {}

  /**
   * What to throw, without the failure as its cause: its message may hold the URL, and that a
   * ticket.
   */
  static ServerUnreachableException to(URI url, Throwable failure) {
    return new ServerUnreachableException(
        "The server can't be reached at "
            + place(url)
            + ": "
            + why(failure)
            + ". Try again later.");
  }

  /** Host and port, as in {@code relay.example.org:443}. */
  static String place(URI url) {
    int usual = WITH_TLS.contains(url.getScheme()) ? 443 : 80;
    return url.getHost() + ":" + (url.getPort() < 0 ? usual : url.getPort());
  }

  private static String why(Throwable failure) {
    if (is(failure, UnresolvedAddressException.class) || is(failure, UnknownHostException.class)) {
      return "its name isn't known here (DNS)";
    }
    if (is(failure, SSLException.class)) {
      return "no trusted connection comes about (TLS): its certificate isn't valid for this name,"
          + " or isn't trusted here";
    }
    Optional<WebSocketHandshakeException> refused =
        find(failure, WebSocketHandshakeException.class);
    if (refused.isPresent()) {
      return "it answers with status "
          + refused.get().getResponse().statusCode()
          + " instead of opening a socket";
    }
    if (is(failure, HttpConnectTimeoutException.class)) {
      return "the connection doesn't come about in time (timeout)";
    }
    if (is(failure, HttpTimeoutException.class)) {
      return "the answer doesn't come in time (timeout)";
    }
    if (is(failure, NoRouteToHostException.class) || says(failure, "unreachable")) {
      return "there is no way to it from this network";
    }
    if (is(failure, ConnectException.class)) {
      return "nothing takes connections there (connection refused)";
    }
    return is(failure, SocketException.class)
        ? "the connection was cut"
        : "the connection ended without an answer";
  }

  private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return find(failure, kind).isPresent();
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
    return causes(failure).filter(kind::isInstance).map(kind::cast).findFirst();
  }

  private static boolean says(Throwable failure, String word) {
    return causes(failure)
        .anyMatch(cause -> cause.getMessage() != null && cause.getMessage().contains(word));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(10);
  }
}
