package io.quantchat.infra.demo.attacks;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.demo.TimeOrderedId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** A stranger with a program of their own: calls a relay as it pleases them. */
final class Attacker implements AutoCloseable {

  static final String PASSWORD = "a password that nobody guesses";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final URI rest;
  private final URI socket;
  private final HttpClient http;
  private final Map<String, Account> cast = new HashMap<>();

  /**
   * @param rest base of the REST routes
   * @param socket where sockets connect
   */
  Attacker(URI rest, URI socket) {
    this.rest = rest;
    this.socket = socket;
    HttpClient.Builder calling = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    OwnAddress.towards(rest.getHost()).ifPresent(calling::localAddress);
    this.http = calling.build();
  }

  /**
   * No account could be made to attack with: this address has made as many as it may for now.
   *
   * <p>What an attack would have shown nobody knows then.
   */
  static final class NoMoreAccounts extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NoMoreAccounts(Duration wait) {
      super(
          "the relay makes no more accounts for this address for %d minutes"
              .formatted(wait.plusSeconds(59).toMinutes()));
    }
  }

  /** An answer: its status, its JSON, and how long a 429 asks to wait. */
  record Answer(int status, JsonNode body, Optional<Duration> retryAfter) {
    boolean isServerFault() {
      return status >= 500 && status != 507;
    }

    String text(String field) {
      return body.path(field).asText();
    }
  }

  /** An account that is thrown away afterwards, with the tokens of its first session. */
  record Account(String id, String email, String access, String refresh) {

    Optional<String> token() {
      return Optional.of(access);
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** The host that is called, for connections of one's own making. */
  URI rest() {
    return rest;
  }

  /**
   * Who takes part in several attacks: few accounts can be made from one address.
   *
   * @throws NoMoreAccounts if the relay makes none for this address just now
   */
  Account person(String name) throws IOException, InterruptedException {
    Account known = cast.get(name);
    if (known == null) {
      known = register(name);
      cast.put(name, known);
    }
    return known;
  }

  /**
   * Makes an account.
   *
   * @throws NoMoreAccounts if the relay makes none for this address just now
   * @throws IllegalStateException if it refuses it otherwise
   */
  Account register(String name) throws IOException, InterruptedException {
    String email = name + "-" + UUID.randomUUID() + "@example.com";
    Answer answer = tryToRegister(email);
    if (answer.status() != 201) {
      throw new IllegalStateException(
          "No account could be made to attack with: %d %s"
              .formatted(answer.status(), answer.text("detail")));
    }
    return account(answer, email);
  }

  /**
   * Tries to make an account with an address.
   *
   * @throws NoMoreAccounts if none is made for whoever calls from here just now, whatever the
   *     address
   */
  Answer tryToRegister(String email) throws IOException, InterruptedException {
    Answer answer = call("POST", "/auth/register", Optional.empty(), credentials(email, PASSWORD));
    if (answer.status() == 429) {
      throw new NoMoreAccounts(answer.retryAfter().orElse(Duration.ofHours(1)));
    }
    return answer;
  }

  /** A new session of an account. */
  Account logIn(Account account) throws IOException, InterruptedException {
    return account(
        call("POST", "/auth/login", Optional.empty(), credentials(account.email(), PASSWORD)),
        account.email());
  }

  private static Account account(Answer session, String email) {
    return new Account(
        session.text("user_id"),
        email,
        session.text("access_token"),
        session.text("refresh_token"));
  }

  static ObjectNode credentials(String email, String password) {
    return object().put("email", email).put("password", password);
  }

  Answer get(String path, Account who) throws IOException, InterruptedException {
    return send("GET", path, who.token(), Optional.empty());
  }

  Answer post(String path, Account who, ObjectNode body) throws IOException, InterruptedException {
    return call("POST", path, who.token(), body);
  }

  Answer call(String method, String path, Optional<String> token, ObjectNode body)
      throws IOException, InterruptedException {
    return send(method, path, token, Optional.of(body.toString()));
  }

  /** Sends any text as a body. */
  Answer send(String method, String path, Optional<String> token, Optional<String> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rest + path))
            .timeout(LONGEST)
            .header("Content-Type", "application/json")
            .method(method, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    HttpResponse<String> answer =
        http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(
        answer.statusCode(),
        parsed(answer.body()),
        answer
            .headers()
            .firstValue("Retry-After")
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
  }

  private static JsonNode parsed(String body) {
    try {
      JsonNode read = JSON.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JacksonException noJson) {
      return MissingNode.getInstance();
    }
  }

  /** Opens a socket; nothing if it is refused. */
  Optional<OpenSocket> open(String token) {
    OpenSocket opened = new OpenSocket();
    try {
      WebSocket connected =
          http.newWebSocketBuilder()
              .connectTimeout(LONGEST)
              .buildAsync(URI.create(socket + "?token=" + token), opened)
              .join();
      opened.connected(connected);
      return Optional.of(opened);
    } catch (CompletionException refused) {
      return Optional.empty();
    }
  }

  /** A message to somebody. */
  static ObjectNode message(Account recipient, int size) {
    return object()
        .put("message_id", TimeOrderedId.next().toString())
        .put("recipient_id", recipient.id())
        .put("encrypted_content", "x".repeat(size))
        .put("encrypted_session_key", "key");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
