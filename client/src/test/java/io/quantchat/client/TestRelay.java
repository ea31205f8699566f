package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantchat.client.json.Json;
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
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** None before somebody asks for wrong dates. */
  private volatile WrongDates dates;

  private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
  private final Set<String> answersLost = ConcurrentHashMap.newKeySet();
  private final Map<String, UnaryOperator<String>> tampered = new ConcurrentHashMap<>();
  private final Map<String, Duration> throttled = new ConcurrentHashMap<>();
  private final Map<String, Integer> refused = new ConcurrentHashMap<>();

  /** By recipient, what a send is answered. */
  private final Map<UUID, TurnedAway> turnedAway = new ConcurrentHashMap<>();

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> answered = new ConcurrentHashMap<>();
  private final Map<UUID, String> bearers = new ConcurrentHashMap<>();
  final RealDirectory keys = new RealDirectory(this);
  final TestMedia media = new TestMedia();

  TestRelay(RunningInstance instance) {
    this.instance = instance;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      this.socketLine = CuttableLine.to(instance.socketUrl().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.createContext("/media", media::route);
    server.createContext("/objects", media::object);
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

  /** From now on requests of this path don't arrive, and are answered that they are too many. */
  void throttle(String path, Duration retryAfter) {
    throttled.put(path, retryAfter);
  }

  /** The same relay, whose answers say that it is that much later until {@link #restore}. */
  Servers serversWrongBy(Duration offset) throws IOException {
    if (dates != null) {
      dates.close();
    }
    dates = WrongDates.by(offset, server.getAddress().getPort());
    return new Servers(URI.create("http://localhost:" + dates.port()), servers().socket());
  }

  /** From now on requests of this path don't arrive, and are refused. */
  void refuse(String path, int status) {
    refused.put(path, status);
  }

  private record TurnedAway(String code, Duration retryAfter) {}

  /** From now on sends to this recipient don't arrive: it has no room for them. */
  void turnAway(UUID recipientId, String code, Duration retryAfter) {
    turnedAway.put(recipientId, new TurnedAway(code, retryAfter));
  }

  private Optional<TurnedAway> turnedAway(String path, String body) {
    return path.equals("/relay/send")
        ? turnedAway.entrySet().stream()
            .filter(entry -> body.contains(entry.getKey().toString()))
            .map(Map.Entry::getValue)
            .findAny()
        : Optional.empty();
  }

  /** How often this path was asked. */
  long countOf(String path) {
    return asked.stream().filter(path::equals).count();
  }

  /** What this path was answered, in order. */
  List<String> answersOf(String path) {
    return List.copyOf(answered.getOrDefault(path, List.of()));
  }

  /** From now on open sockets carry nothing any more, and don't end. */
  void swallowSockets() {
    socketLine.swallow();
  }

  void restore() {
    if (dates != null) {
      dates.beRight();
    }
    media.restore();
    refused.clear();
    turnedAway.clear();
    throttled.clear();
    unreachable.clear();
    answersLost.clear();
    tampered.clear();
  }

  /** What was asked and answered until now doesn't count. */
  void forget() {
    asked.clear();
    seen.clear();
    answered.clear();
  }

  void cutSockets() {
    socketLine.cut();
  }

  /** Bodies that went to the relay. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  /** Ends a session, as another program of the same person does. */
  void endSession(String refreshToken) {
    byte[] body = Json.write(Map.of("refresh_token", refreshToken));
    var request =
        HttpRequest.newBuilder(URI.create(instance.restUrl() + "/auth/logout"))
            .POST(BodyPublishers.ofByteArray(body));
    assertThat(ask(request.build()).statusCode()).isBetween(200, 204);
  }

  /** Asks the relay itself, as somebody who has asked something before. */
  HttpResponse<String> ask(UUID caller, String path) {
    return ask(
        HttpRequest.newBuilder(URI.create(instance.restUrl() + path))
            .header(AUTHORIZATION, bearers.get(caller))
            .build());
  }

  private HttpResponse<String> ask(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The ids of the messages that somebody hasn't acknowledged, oldest first. */
  List<UUID> pendingOf(UUID userId) {
    Map<String, Object> page =
        Json.read(ask(userId, "/relay/pending?limit=100").body())
            .flatMap(Json::object)
            .orElseThrow();
    return Tampering.maps(page, Tampering.MESSAGES).stream()
        .map(message -> Json.id(message, "id").orElseThrow())
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add(path);
      seen.add(body);
      rememberCaller(exchange);
      if (unreachable.contains(path) || unreachable.contains("*")) {
        return;
      }
      if (throttled.containsKey(path)) {
        String seconds = String.valueOf(throttled.get(path).toSeconds());
        exchange.getResponseHeaders().add("Retry-After", seconds);
        exchange.sendResponseHeaders(429, -1);
        return;
      }
      Optional<TurnedAway> away = turnedAway(path, body);
      if (away.isPresent()) {
        byte[] problem =
            Json.write(
                Map.of("status", 429, "detail", "No room for now.", "code", away.get().code()));
        exchange
            .getResponseHeaders()
            .add("Retry-After", String.valueOf(away.get().retryAfter().toSeconds()));
        exchange.sendResponseHeaders(429, problem.length);
        exchange.getResponseBody().write(problem);
        return;
      }
      if (refused.containsKey(path)) {
        exchange.sendResponseHeaders(refused.get(path), -1);
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
    String body = tampering.apply(response.body());
    answered.computeIfAbsent(path, asked -> new CopyOnWriteArrayList<>()).add(body);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.statusCode(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private HttpResponse<String> forward(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(instance.restUrl() + target(exchange.getRequestURI())))
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

  /** Who cheats answers in full: else there might be nothing to tamper with. */
  private String target(URI asked) {
    return tampered.containsKey(asked.getPath())
        ? asked.toString().replaceFirst("[?&]if_version=[0-9]+", "")
        : asked.toString();
  }

  private void rememberCaller(HttpExchange exchange) {
    String bearer = exchange.getRequestHeaders().getFirst(AUTHORIZATION);
    if (bearer != null) {
      byte[] claims = Base64.getUrlDecoder().decode(bearer.split("\\.", -1)[1]);
      Map<String, Object> read =
          Json.read(new String(claims, StandardCharsets.UTF_8)).flatMap(Json::object).orElseThrow();
      bearers.put(UUID.fromString(Json.string(read, "sub").orElseThrow()), bearer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    socketLine.close();
    if (dates != null) {
      dates.close();
    }
    http.shutdownNow();
    threads.shutdownNow();
  }
}
