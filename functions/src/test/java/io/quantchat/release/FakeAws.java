package io.quantchat.release;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantchat.http.Json;
import io.quantchat.testing.Lambda;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Lambda's Invoke, with real handlers behind it, and CodeDeploy's verdicts, on one port. */
final class FakeAws implements AutoCloseable {

  private static final String INVOCATIONS = "/2015-03-31/functions/";
  private static final String VERDICT = "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, RequestStreamHandler> versions = new ConcurrentHashMap<>();
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final List<JsonNode> verdicts = new CopyOnWriteArrayList<>();
  private final AtomicInteger verdictsToLose = new AtomicInteger();

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Publishes a version, or puts another in its place. */
  void publish(String versionArn, RequestStreamHandler handler) {
    versions.put(versionArn, handler);
  }

  /** From now on CodeDeploy refuses so many verdicts. */
  void loseVerdicts(int count) {
    verdictsToLose.set(count);
  }

  /** The ARNs that were called, in no order. */
  List<String> called() {
    return List.copyOf(called);
  }

  List<JsonNode> verdicts() {
    return List.copyOf(verdicts);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      if (path.startsWith(INVOCATIONS) && isSignedFor(exchange, "lambda")) {
        invoke(exchange, path);
      } else if (path.equals("/")
          && VERDICT.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
          && isSignedFor(exchange, "codedeploy")) {
        takeVerdict(exchange);
      } else {
        exchange.sendResponseHeaders(403, -1);
      }
    }
  }

  private static boolean isSignedFor(HttpExchange exchange, String service) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    return authorization != null
        && authorization.startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        && authorization.contains("/eu-west-1/" + service + "/aws4_request");
  }

  private void invoke(HttpExchange exchange, String path) throws IOException {
    String arn =
        path.substring(INVOCATIONS.length()).replace("/invocations", "").replace("%3A", ":");
    called.add(arn);
    RequestStreamHandler handler = versions.get(arn);
    if (handler == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    JsonNode event = Json.MAPPER.readTree(exchange.getRequestBody());
    byte[] answer;
    try {
      answer = Json.MAPPER.writeValueAsBytes(new Lambda().answer(handler, event));
    } catch (RuntimeException failure) {
      exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
      answer =
          Json.MAPPER.writeValueAsBytes(Json.object().put("errorMessage", failure.getMessage()));
    }
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
  }

  private void takeVerdict(HttpExchange exchange) throws IOException {
    if (verdictsToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.sendResponseHeaders(500, -1);
      return;
    }
    verdicts.add(Json.MAPPER.readTree(exchange.getRequestBody()));
    exchange.sendResponseHeaders(200, -1);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
