package io.quantchat.infra.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Stands before a relay and spoils the first answer of each route: the relay does what it was asked
 * to, and the client hears 503, as where storage answers too late.
 */
final class UnreliableRelay implements AutoCloseable {

  private final URI restUrl;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> spoiled = ConcurrentHashMap.newKeySet();

  UnreliableRelay(URI restUrl) throws IOException {
    this.restUrl = restUrl;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create(
        "http://%s:%d%s"
            .formatted(
                server.getAddress().getHostString(),
                server.getAddress().getPort(),
                restUrl.getPath()));
  }

  /** Such as {@code POST /api/v1/contacts}. */
  Set<String> spoiled() {
    return spoiled;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse<byte[]> answer = forward(exchange);
      boolean spoil =
          spoiled.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
      byte[] body = spoil ? new byte[0] : answer.body();
      exchange.sendResponseHeaders(
          spoil ? 503 : answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(restUrl.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    Stream.of("Content-Type", "Authorization")
        .filter(exchange.getRequestHeaders()::containsKey)
        .forEach(name -> request.header(name, exchange.getRequestHeaders().getFirst(name)));
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
