package io.quantchat.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantchat.client.wire.Wire;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A real relay behind a path on which answers get lost and messages are tampered with. */
final class TestRelay implements AutoCloseable {

  private static final String AUTHORIZATION = "Authorization";

  private final RunningInstance instance;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final CuttableLine socketLine;
  private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
  private final Set<String> answersLost = ConcurrentHashMap.newKeySet();
  private final Map<String, UnaryOperator<String>> tampered = new ConcurrentHashMap<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Map<UUID, String> bearers = new ConcurrentHashMap<>();
  final RealDirectory keys = new RealDirectory(this);

  TestRelay(RunningInstance instance) {
    this.instance = instance;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      this.socketLine = new CuttableLine(instance.socketUrl().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  Servers servers() {
    return new Servers(
        URI.create("http://localhost:" + server.getAddress().getPort()),
        URI.create("ws://localhost:" + socketLine.port() + instance.socketUrl().getPath()));
  }

  /** From now on requests of this path get no answer and don't arrive. */
  void cutOff(String path) {
    unreachable.add(path);
  }

  /** From now on requests of this path arrive, and their answers are lost. */
  void loseAnswers(String path) {
    answersLost.add(path);
  }

  /** From now on answers of this path are replaced. */
  void tamper(String path, UnaryOperator<String> with) {
    tampered.put(path, with);
  }

  void restore() {
    unreachable.clear();
    answersLost.clear();
    tampered.clear();
  }

  void cutSockets() {
    socketLine.cut();
  }

  /** Bodies that went to the relay. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  /** Asks the relay itself, as somebody who has asked something before. */
  HttpResponse<String> ask(UUID caller, String path) {
    var request =
        HttpRequest.newBuilder(URI.create(instance.restUrl() + path))
            .header(AUTHORIZATION, bearers.get(caller))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      seen.add(body);
      rememberCaller(exchange);
      if (unreachable.contains(path) || unreachable.contains("*")) {
        return;
      }
      respond(exchange, path, forward(exchange, body));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void respond(HttpExchange exchange, String path, HttpResponse<String> response)
      throws IOException {
    if (answersLost.contains(path)) {
      return;
    }
    UnaryOperator<String> tampering = tampered.getOrDefault(path, UnaryOperator.identity());
    byte[] bytes = tampering.apply(response.body()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.statusCode(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private HttpResponse<String> forward(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(instance.restUrl() + exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (String header : List.of(AUTHORIZATION, "Content-Type")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private void rememberCaller(HttpExchange exchange) {
    String bearer = exchange.getRequestHeaders().getFirst(AUTHORIZATION);
    if (bearer != null) {
      byte[] claims = Base64.getUrlDecoder().decode(bearer.split("\\.", -1)[1]);
      Map<String, Object> read =
          Wire.read(new String(claims, StandardCharsets.UTF_8)).flatMap(Wire::object).orElseThrow();
      bearers.put(UUID.fromString(Wire.text(read, "sub").orElseThrow()), bearer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    socketLine.close();
    http.shutdownNow();
    threads.shutdownNow();
  }
}
