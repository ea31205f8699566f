package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quantchat.infra.local.Patience;
import io.quantchat.infra.local.contract.ContractCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The REST routes and the socket of a running instance, as a browser on another origin reaches
 * them. Every answer is held against the contract.
 */
public final class Api {
  static final String ORIGIN = "http://localhost:5173";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI rest;
  private final Optional<URI> socket;
  private final ContractCheck contract;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * An API at these addresses.
   *
   * @param rest base of the REST routes, with no slash at the end
   * @param socket where sockets connect
   */
  Api(URI rest, URI socket, ContractCheck contract) {
    this(rest, Optional.of(socket), contract);
  }

  private Api(URI rest, Optional<URI> socket, ContractCheck contract) {
    this.rest = rest;
    this.socket = socket;
    this.contract = contract;
  }

  /** An API that takes no sockets. */
  public static Api withoutSocket(URI rest, ContractCheck contract) {
    return new Api(rest, Optional.empty(), contract);
  }

  /** An answer that the contract has. */
  public record Answer(int status, JsonNode body) {

    /** The body of an answer that must have this status. */
    public JsonNode expect(int expected) {
      if (status != expected) {
        throw new AssertionError("Answered " + status + " instead of " + expected + ": " + body);
      }
      return body;
    }
  }

  /**
   * Calls a route.
   *
   * @param resource the route as the contract has it
   * @param path the path with its variables and its query filled in
   * @param token an access token, if any
   * @param body as it goes out, if any
   */
  public Answer call(
      String method, String resource, String path, Optional<String> token, Optional<String> body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = exchange(method, path, token, body);
    contract.answer(method, resource, response);
    if (!response.headers().firstValue("Access-Control-Allow-Origin").equals(Optional.of("*"))) {
      throw new AssertionError("A browser would refuse " + method + " " + path);
    }
    return new Answer(response.statusCode(), parse(response.body()));
  }

  /** Calls what may be no route at all; nothing is checked. */
  public HttpResponse<String> exchange(
      String method, String path, Optional<String> token, Optional<String> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rest + path))
            .timeout(Patience.LONGEST)
            .header("Content-Type", "application/json")
            .header("Origin", ORIGIN)
            .method(method, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** What a browser asks before a request that is not simple (Fetch standard, CORS preflight). */
  public HttpResponse<String> preflight(String method, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(rest + path))
            .timeout(Patience.LONGEST)
            .header("Origin", ORIGIN)
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .method("OPTIONS", BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /**
   * Opens a socket.
   *
   * @param query such as {@code token=…}
   */
  WebSocket open(String query, Frames frames) {
    return http.newWebSocketBuilder()
        .header("Origin", ORIGIN)
        .connectTimeout(Patience.LONGEST)
        .buildAsync(URI.create(socket.orElseThrow() + "?" + query), frames)
        .join();
  }

  /** The HTTP status that a handshake is refused with. */
  int refusal(String query) {
    try {
      open(query, new Frames(contract)).abort();
      throw new AssertionError("The socket opened");
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  /** What every answer is held against. */
  public ContractCheck contract() {
    return contract;
  }

  /** What an answer says: a page for people is one text. */
  static JsonNode parse(String body) throws JsonProcessingException {
    return body.startsWith("<") ? TextNode.valueOf(body) : JSON.readTree(body);
  }
}
