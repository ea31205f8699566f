package io.quantchat.infra.bench.cold;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The Lambda Runtime API (2018-06-01) for one execution environment, on a loopback port. What the
 * runtime asks and says comes out as {@link Call}s, in order, each with the moment it arrived.
 */
final class RuntimeApi implements AutoCloseable {

  /** A call of the runtime client. */
  enum Kind {
    /** It asks for the first or the next event: until there is one, it waits. */
    NEXT,
    /** Before the snapshot: its hooks have run, and it waits to be restored. */
    CHECKPOINT,
    /** A function's answer. */
    RESPONSE,
    /** A function has thrown. */
    ERROR,
    /** The function couldn't be built, or a hook has failed. */
    INIT_ERROR
  }

  /**
   * One call.
   *
   * @param at {@link System#nanoTime} when it had been read
   * @param body what was said; empty for a question
   */
  record Call(Kind kind, long at, byte[] body) {
    /** The body as text. */
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final Duration LONGEST_INVOCATION = Duration.ofSeconds(30);

  static {
    // Else an answer waits for the acknowledgement of its own headers, up to 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final Semaphore restores = new Semaphore(0);

  private RuntimeApi(HttpServer server) {
    this.server = server;
  }

  /** Listens on a port that the system picks. */
  static RuntimeApi start() throws IOException {
    RuntimeApi api =
        new RuntimeApi(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    api.server.setExecutor(api.threads);
    api.server.createContext(PREFIX, api::answer);
    api.server.start();
    return api;
  }

  /** The value of {@code AWS_LAMBDA_RUNTIME_API}: host and port. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next call, or {@code null} if none comes in this time. */
  Call poll(Duration patience) throws InterruptedException {
    return calls.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Hands an event to whoever asks next. */
  void offer(byte[] event) {
    events.add(event);
  }

  /** Lets the runtime go on that waits to be restored. */
  void restore() {
    restores.release();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
      switch (kindOf(path)) {
        case NEXT -> {
          calls.add(new Call(Kind.NEXT, System.nanoTime(), body));
          handOut(exchange, events.take());
        }
        case CHECKPOINT -> {
          calls.add(new Call(Kind.CHECKPOINT, System.nanoTime(), body));
          restores.acquire();
          exchange.sendResponseHeaders(200, -1);
        }
        case Kind said -> {
          calls.add(new Call(said, System.nanoTime(), body));
          exchange.sendResponseHeaders(202, -1);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static Kind kindOf(String path) {
    if (path.equals("invocation/next")) {
      return Kind.NEXT;
    }
    if (path.equals("restore/next")) {
      return Kind.CHECKPOINT;
    }
    if (path.startsWith("invocation/")) {
      return path.endsWith("/response") ? Kind.RESPONSE : Kind.ERROR;
    }
    return Kind.INIT_ERROR;
  }

  /** The runtime client takes no answer without a content type. */
  private static void handOut(HttpExchange exchange, byte[] event) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:000000000000:function:bench:live");
    headers.set(
        "Lambda-Runtime-Deadline-Ms",
        Long.toString(System.currentTimeMillis() + LONGEST_INVOCATION.toMillis()));
    exchange.sendResponseHeaders(200, event.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(event);
    }
  }

  /** Cuts every connection; whoever waits in one is let go. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
