package io.quantchat.infra.local.socket;

import io.quantchat.infra.stack.SocketApiSpec;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A gateway on a port of its own, over functions that a test controls. */
final class RunningGateway implements AutoCloseable {

  static final SigningCredentials CREDENTIALS =
      new SigningCredentials("AKIDLOCAL", "local-secret", "eu-west-1");

  final RecordingFunctions functions = new RecordingFunctions();
  final SocketGateway gateway;
  private final Server server = new Server();
  private final ServerConnector connector;

  RunningGateway() throws Exception {
    this(api(), SocketLimits.AWS);
  }

  RunningGateway(SocketApiSpec api, SocketLimits limits) throws Exception {
    this(api, limits, Clock.systemUTC());
  }

  RunningGateway(SocketApiSpec api, SocketLimits limits, Clock clock) throws Exception {
    this(api, limits, clock, "127.0.0.1");
  }

  RunningGateway(SocketApiSpec api, SocketLimits limits, Clock clock, String host)
      throws Exception {
    gateway = new SocketGateway(api, functions, CREDENTIALS, clock, new SecureRandom(), limits);
    HttpConfiguration http = new HttpConfiguration();
    http.setHttpCompliance(
        HttpCompliance.RFC7230.with(
            "keeping-case", HttpCompliance.Violation.CASE_SENSITIVE_FIELD_NAME));
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
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

  /** As a connector set up for REST would have it. */
  void setConnectorIdleTimeout(Duration timeout) {
    connector.setIdleTimeout(timeout.toMillis());
  }

  int openConnections() {
    return connector.getConnectedEndPoints().size();
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
}
