package io.quantchat.infra.local.server;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on {@code localhost}, both of its addresses where the machine has both, one port.
 * Handlers run on virtual threads and see paths as they were sent; names of well-known header
 * fields have their usual spelling, others the client's.
 */
public final class LoopbackServer implements AutoCloseable {

  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";

  /** Longer than any integration, so that a slow function isn't taken for a silent client. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** Above the gateways' own quotas for URL and headers, which then refuse in their own words. */
  private static final int REQUEST_HEADER_BYTES = 48 * 1024;

  private static final int RESPONSE_HEADER_BYTES = 64 * 1024;

  /** How often a port that is free on one address may turn out to be taken on the other. */
  private static final int ATTEMPTS = 20;

  private final Server server;
  private final int port;

  private LoopbackServer(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Takes the port; connections wait until {@link #start}.
   *
   * @param port 0 for any that is free
   * @throws BindException if the port is taken
   */
  public static LoopbackServer open(int port) throws IOException {
    List<String> addresses = hasIpv6Loopback() ? List.of(IPV4, IPV6) : List.of(IPV4);
    for (int attempt = 1; ; attempt++) {
      try {
        return open(addresses, port);
      } catch (BindException e) {
        if (port != 0 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static LoopbackServer open(List<String> addresses, int port) throws IOException {
    Server server = new Server(threads());
    List<ServerConnector> opened = new ArrayList<>();
    int bound = port;
    try {
      for (String address : addresses) {
        ServerConnector connector =
            new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(address);
        connector.setPort(bound);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.open();
        opened.add(connector);
        bound = connector.getLocalPort();
        server.addConnector(connector);
      }
    } catch (IOException e) {
      opened.forEach(ServerConnector::close);
      // Jetty wraps what it couldn't bind in a plain IOException.
      throw e.getCause() instanceof BindException cause ? cause : e;
    }
    return new LoopbackServer(server, bound);
  }

  /** The port that clients reach. */
  public int port() {
    return port;
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
    for (Connector connector : server.getConnectors()) {
      ((ServerConnector) connector).close();
    }
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

  private static boolean hasIpv6Loopback() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address.isLoopbackAddress() && address instanceof Inet6Address);
  }
}
