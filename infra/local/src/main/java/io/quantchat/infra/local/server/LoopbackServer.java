package io.quantchat.infra.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on a port of {@code localhost}. Handlers run on virtual threads and see paths as
 * they were sent; names of well-known header fields have their usual spelling, others the client's.
 */
public final class LoopbackServer implements AutoCloseable {

  /** Longer than any integration, so that a slow function isn't taken for a silent client. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** Above the gateways' own quotas for URL and headers, which then refuse in their own words. */
  private static final int REQUEST_HEADER_BYTES = 48 * 1024;

  private static final int RESPONSE_HEADER_BYTES = 64 * 1024;

  private final LoopbackPort port;
  private final Server server;

  /** A server on this port, which it closes when it is closed. */
  public LoopbackServer(LoopbackPort port) {
    this.port = port;
    this.server = new Server(threads());
    try {
      for (ServerSocketChannel channel : port.channels()) {
        ServerConnector connector =
            new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setIdleTimeout(IDLE.toMillis());
        connector.open(channel);
        server.addConnector(connector);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that clients reach. */
  public int port() {
    return port.number();
  }

  /**
   * Begins to answer.
   *
   * @param handlers asked in this order
   * @param log is told each request in one line
   */
  public void start(List<Handler> handlers, Consumer<String> log) {
    server.setHandler(new Handler.Sequence(handlers));
    server.setDefaultHandler(null);
    server.setErrorHandler(new PlainRefusal());
    server.setRequestLog(new RequestLines(log));
    LifeCycle.start(server);
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
    port.close();
  }

  private static QueuedThreadPool threads() {
    Executor virtual =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("gateway");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(virtual);
    threads.setStopTimeout(500);
    return threads;
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    configuration.setRequestHeaderSize(REQUEST_HEADER_BYTES);
    configuration.setResponseHeaderSize(RESPONSE_HEADER_BYTES);
    configuration.setMaxResponseHeaderSize(RESPONSE_HEADER_BYTES);
    // Nothing here maps a path to a file, so no spelling of one is dangerous.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    return configuration;
  }
}
