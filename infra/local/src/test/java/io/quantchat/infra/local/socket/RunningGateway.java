package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.Patience;
import io.quantchat.infra.local.signing.SigningCredentials;
import io.quantchat.infra.stack.SocketApiSpec;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** A gateway on a port of its own, over functions that a test controls. */
final class RunningGateway implements AutoCloseable {

  static final SigningCredentials CREDENTIALS =
      new SigningCredentials("AKIDLOCAL", "local-secret", "eu-west-1");

  final RecordingFunctions functions = new RecordingFunctions();
  final MovableTimers time = new MovableTimers();
  final OpenSockets open;
  final SocketGateway gateway;
  private final Server server = new Server();
  private final CountingScheduler scheduler = new CountingScheduler();
  private final ServerConnector connector;

  RunningGateway() throws Exception {
    this(api());
  }

  RunningGateway(SocketApiSpec api) throws Exception {
    this(api, SocketLimits.AWS);
  }

  /** One whose limits are these, but that waits for its functions when it closes. */
  RunningGateway(SocketApiSpec api, SocketLimits limits) throws Exception {
    this(api, limits, Clock.systemUTC());
  }

  RunningGateway(SocketApiSpec api, SocketLimits limits, Clock clock) throws Exception {
    this(api, limits, clock, "127.0.0.1");
  }

  RunningGateway(SocketApiSpec api, SocketLimits limits, Clock clock, String host)
      throws Exception {
    open = new OpenSockets(limits.withCloseGrace(Patience.LONGEST));
    gateway = new SocketGateway(api, functions, open, CREDENTIALS, clock, new SecureRandom(), time);
    HttpConfiguration http = new HttpConfiguration();
    http.setHttpCompliance(
        HttpCompliance.RFC7230.with(
            "keeping-case", HttpCompliance.Violation.CASE_SENSITIVE_FIELD_NAME));
    connector =
        new ServerConnector(server, null, scheduler, null, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setIdleTimeout(Patience.LONGEST.toMillis());
    server.addConnector(connector);
    server.setHandler(
        new Handler.Sequence(
            gateway.sockets("/ws"), gateway.connections("/live"), gateway.connections("/ws")));
    server.start();
  }

  static SocketApiSpec api() {
    return api(
        Optional.of(
            new SocketApiSpec.Authorizer("authorizer", List.of("route.request.querystring.token"))),
        route("$connect", "connect", false),
        route("$disconnect", "disconnect", false),
        route("typing", "typing", false),
        route("ping", "ping", true),
        route("7", "seven", true),
        route("$default", "default", true));
  }

  static SocketApiSpec api(
      Optional<SocketApiSpec.Authorizer> authorizer, SocketApiSpec.Route... routes) {
    return new SocketApiSpec(
        "SocketApi",
        "live",
        "$request.body.type",
        Stream.of(routes).collect(Collectors.toMap(SocketApiSpec.Route::key, route -> route)),
        authorizer);
  }

  static SocketApiSpec.Route route(String key, String functionId, boolean twoWay) {
    return new SocketApiSpec.Route(key, functionId, Duration.ofSeconds(29), twoWay);
  }

  static SocketApiSpec without(SocketApiSpec api, String key) {
    Map<String, SocketApiSpec.Route> routes =
        api.routes().entrySet().stream()
            .filter(route -> !route.getKey().equals(key))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new SocketApiSpec(
        api.logicalId(), api.stage(), api.routeSelectionExpression(), routes, api.authorizer());
  }

  int port() {
    return connector.getLocalPort();
  }

  /**
   * Has the connector take its clients for idle after a millisecond, until it has done so a few
   * times.
   */
  void findClientsIdle() throws InterruptedException {
    for (EndPoint client : connector.getConnectedEndPoints()) {
      client.setIdleTimeout(1);
    }
    scheduler.awaitRuns(3);
    for (EndPoint client : connector.getConnectedEndPoints()) {
      client.setIdleTimeout(connector.getIdleTimeout());
    }
  }

  /** How long the connector lets its clients be idle; 0 or less is for ever. */
  List<Long> idleTimeouts() {
    return connector.getConnectedEndPoints().stream().map(EndPoint::getIdleTimeout).toList();
  }

  /** Connects, and takes the events of authorizer and {@code $connect} off the record. */
  TestSocket connect() throws Exception {
    TestSocket socket = TestSocket.connect(port(), "/ws?token=abc");
    functions.next("authorizer");
    return socket.identified(
        functions.event("connect").path("requestContext").path("connectionId").asText());
  }

  @Override
  public void close() {
    gateway.close();
    LifeCycle.stop(server);
  }

  /** Tells what has run: of a connector, what looks for idle clients. */
  private static final class CountingScheduler extends ScheduledExecutorScheduler {
    private final Semaphore runs = new Semaphore(0);

    @Override
    public Task schedule(Runnable task, long delay, TimeUnit unit) {
      return super.schedule(
          () -> {
            task.run();
            runs.release();
          },
          delay,
          unit);
    }

    void awaitRuns(int more) throws InterruptedException {
      runs.drainPermits();
      if (!runs.tryAcquire(more, Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Nothing is due any more");
      }
    }
  }
}
