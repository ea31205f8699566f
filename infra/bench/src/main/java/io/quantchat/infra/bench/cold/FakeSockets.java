package io.quantchat.infra.bench.cold;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The callback side of a WebSocket API on which every connection is open. */
final class FakeSockets implements AutoCloseable {

  private static final String CALLBACKS = "/@connections/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger posts = new AtomicInteger();

  private FakeSockets(HttpServer server) {
    this.server = server;
  }

  static FakeSockets start() throws IOException {
    FakeSockets sockets =
        new FakeSockets(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    sockets.server.setExecutor(sockets.threads);
    sockets.server.createContext("/", sockets::answer);
    sockets.server.start();
    return sockets;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How many frames have been posted. */
  int posts() {
    return posts.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      boolean isPost =
          exchange.getRequestMethod().equals("POST")
              && exchange.getRequestURI().getPath().contains(CALLBACKS);
      if (isPost) {
        posts.incrementAndGet();
      }
      exchange.sendResponseHeaders(isPost ? 200 : 403, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
