package io.quantchat.infra.bench.cold;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Where a function with SnapStart gets its credentials: variables would be in the snapshot for
 * ever. Those that are given out before a snapshot have run out when it is restored.
 */
final class ContainerCredentials implements AutoCloseable {

  private static final String PATH = "/credentials";

  private final HttpServer server;
  private volatile Duration life = Duration.ZERO;

  private ContainerCredentials(HttpServer server) {
    this.server = server;
  }

  static ContainerCredentials start() throws IOException {
    ContainerCredentials credentials =
        new ContainerCredentials(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    credentials.server.createContext(PATH, credentials::answer);
    credentials.server.start();
    return credentials;
  }

  /** From now on, they are good for so long. */
  void giveFor(Duration time) {
    life = time;
  }

  /** The variables that a process needs to find them. */
  Map<String, String> variables() {
    return Map.of(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "http://127.0.0.1:" + server.getAddress().getPort() + PATH,
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "bench");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String expiration = Instant.now().plus(life).toString();
      byte[] body =
          Events.object()
              .put("AccessKeyId", "bench")
              .put("SecretAccessKey", "bench")
              .put("Token", "bench")
              .put("Expiration", expiration)
              .toString()
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
