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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Lambda's Invoke, with real handlers behind it and the account's bound of executions at once, and
 * CodeDeploy's verdicts, on one port.
 */
final class FakeAws implements AutoCloseable {

  /** Work that is an execution of a function. */
  interface Execution<T> {
    T run() throws Exception;
  }

  /**
   * An answer of Lambda's to a call that it doesn't make.
   *
   * @param type such as {@code TooManyRequestsException}
   * @param retryAfter seconds, or empty for no such header
   */
  record Refusal(int status, String type, String retryAfter) {

    static final Refusal TOO_MANY = new Refusal(429, "TooManyRequestsException", "");

    Refusal(int status, String type) {
      this(status, type, "");
    }
  }

  private static final String INVOCATIONS = "/2015-03-31/functions/";
  private static final String VERDICT = "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, RequestStreamHandler> versions = new ConcurrentHashMap<>();
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final List<JsonNode> verdicts = new CopyOnWriteArrayList<>();
  private final AtomicInteger verdictsToLose = new AtomicInteger();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private int room = Integer.MAX_VALUE;
  private int executedOtherwise;
  private int waiting;
  private int calls;
  private int mostCalls;

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

  /** From now on so many functions are executed at once in the whole account. */
  synchronized void limitExecutions(int most) {
    room = most;
  }

  /** The next so many calls are refused. */
  void refuse(int times, Refusal refusal) {
    refusals.addAll(Collections.nCopies(times, refusal));
  }

  /**
   * Executes a function that is called otherwise, such as by CodeDeploy. While there are any, no
   * call ends before each of them either waits for one or for room: calls take longer than anything
   * between them.
   *
   * @throws IllegalStateException if there is no room for it
   */
  <T> T execute(Execution<T> function) throws Exception {
    if (!enter()) {
      throw new IllegalStateException("429: no room for a function");
    }
    change(() -> executedOtherwise++);
    try {
      return function.run();
    } finally {
      change(() -> executedOtherwise--);
      leave();
    }
  }

  /** Waits until there is room for another execution; when this returns it may be gone again. */
  void awaitRoom() {
    change(() -> waiting++);
    await(() -> room > 0);
    change(() -> waiting--);
  }

  /** How many calls there were at once, at most. */
  synchronized int mostCalls() {
    return mostCalls;
  }

  private synchronized boolean enter() {
    if (room == 0) {
      return false;
    }
    room--;
    return true;
  }

  private void leave() {
    change(() -> room++);
  }

  private synchronized void change(Runnable count) {
    count.run();
    notifyAll();
  }

  private synchronized void await(BooleanSupplier isSo) {
    try {
      while (!isSo.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
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
    Refusal refusal = refusals.poll();
    if (refusal != null) {
      refuse(exchange, refusal);
      return;
    }
    RequestStreamHandler handler = versions.get(arn);
    if (handler == null) {
      called.add(arn);
      exchange.sendResponseHeaders(404, -1);
    } else if (enter()) {
      called.add(arn);
      call(handler, exchange);
    } else {
      refuse(exchange, Refusal.TOO_MANY);
    }
  }

  /** As Lambda's API Reference has it for Invoke. */
  private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    var body = Json.object().put("Type", "User").put("message", "Rate Exceeded.");
    if (refusal.status() == 429) {
      body.put("Reason", "ConcurrentInvocationLimitExceeded");
    }
    exchange.getResponseHeaders().set("x-amzn-ErrorType", refusal.type());
    if (!refusal.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", refusal.retryAfter());
    }
    byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
    exchange.sendResponseHeaders(refusal.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** The execution has ended when whoever called hears of it. */
  private void call(RequestStreamHandler function, HttpExchange exchange) throws IOException {
    JsonNode event = Json.MAPPER.readTree(exchange.getRequestBody());
    JsonNode answer;
    change(() -> mostCalls = Math.max(mostCalls, ++calls));
    try {
      answer = new Lambda().answer(function, event);
    } catch (RuntimeException failure) {
      exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
      answer = Json.object().put("errorMessage", failure.getMessage());
    } finally {
      await(() -> calls + waiting >= executedOtherwise);
      change(() -> calls--);
      leave();
    }
    byte[] body = Json.MAPPER.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
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
