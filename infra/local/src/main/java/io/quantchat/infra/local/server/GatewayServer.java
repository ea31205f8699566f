package io.quantchat.infra.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on a port, in clear or over TLS. Handlers run on virtual threads and see paths as
 * they were sent; names of well-known header fields have their usual spelling, others the client's.
 */
public final class GatewayServer implements AutoCloseable {

  /** Longer than any integration, so that a slow function isn't taken for a silent client. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** Above the gateways' own quotas for URL and headers, which then refuse in their own words. */
  private static final int REQUEST_HEADER_BYTES = 48 * 1024;

  private static final int RESPONSE_HEADER_BYTES = 64 * 1024;

  private final ListeningPort port;
  private final Server server;
  private final List<ServerConnector> connectors = new ArrayList<>();
  private volatile RunningRequests running;

  /** A server in clear on this port, which believes nobody about whom a request comes from. */
  public GatewayServer(ListeningPort port) {
    this(port, TrustedProxies.NONE, Optional.empty());
  }

  /**
   * A server on this port, which it closes when it is closed.
   *
   * @param proxies whose word about a request's origin is taken
   * @param tls the certificate to answer with; empty to answer in clear
   */
  public GatewayServer(
      ListeningPort port, TrustedProxies proxies, Optional<SslContextFactory.Server> tls) {
    this.port = port;
    this.server = new Server(threads());
    try {
      for (ServerSocketChannel channel : port.channels()) {
        ServerConnector connector =
            new ServerConnector(server, null, null, null, 1, 1, protocols(proxies, tls));
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setShutdownIdleTimeout(IDLE.toMillis());
        connector.open(channel);
        server.addConnector(connector);
        connectors.add(connector);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConnectionFactory[] protocols(
      TrustedProxies proxies, Optional<SslContextFactory.Server> tls) {
    var http = new HttpConnectionFactory(configuration(proxies));
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {http};
    }
    var ssl = new SslConnectionFactory(tls.get(), HttpVersion.HTTP_1_1.asString());
    // It would refuse whoever asks for the machine by an address that isn't in the certificate,
    // such as a check of health. Whether a certificate is good enough is for clients to say.
    ssl.setEnsureSecureRequestCustomizer(false);
    return new ConnectionFactory[] {ssl, http};
  }

  /** The port that clients reach. */
  public int port() {
    return port.number();
  }

  /** Begins to answer; otherwise as {@link #start(List, Consumer, RequestLog)}. */
  public void start(List<Handler> handlers, Consumer<String> log) {
    start(handlers, log, (request, response) -> {});
  }

  /**
   * Begins to answer.
   *
   * @param handlers asked in this order
   * @param log is told each request in one line
   * @param counts is shown each request once it is answered
   */
  public void start(List<Handler> handlers, Consumer<String> log, RequestLog counts) {
    running = new RunningRequests(new Handler.Sequence(handlers));
    server.setHandler(running);
    server.setDefaultHandler(null);
    server.setErrorHandler(new PlainRefusal());
    server.setRequestLog(new RequestLog.Collection(new RequestLines(log), counts));
    LifeCycle.start(server);
  }

  /**
   * Takes no connection and no request any more, and waits until those that run are answered.
   *
   * @param patience how long at most
   */
  public void drain(Duration patience) {
    for (ServerConnector connector : connectors) {
      var _ = connector.shutdown();
    }
    if (running != null) {
      running.end(patience);
    }
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

  private static HttpConfiguration configuration(TrustedProxies proxies) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    configuration.setRequestHeaderSize(REQUEST_HEADER_BYTES);
    configuration.setResponseHeaderSize(RESPONSE_HEADER_BYTES);
    configuration.setMaxResponseHeaderSize(RESPONSE_HEADER_BYTES);
    // Nothing here makes a file's name of a path, so no spelling of one is dangerous.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.addCustomizer(proxies);
    return configuration;
  }
}
