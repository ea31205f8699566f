package io.quantchat.infra.local.rest;

import io.quantchat.infra.local.server.GatewayServer;
import io.quantchat.infra.local.server.ListeningPort;
import io.quantchat.infra.local.server.UnmappedPath;
import io.quantchat.infra.stack.RestApiSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A REST gateway on a port of its own, with functions that a test directs. */
final class GatewayUnderTest implements AutoCloseable {

  static final Instant NOW = Instant.ofEpochMilli(1_770_000_000_004L);

  final RecordingFunctions functions = new RecordingFunctions();
  final Queue<String> requestLines = new ConcurrentLinkedQueue<>();
  final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  final RawClient client;
  private final GatewayServer server;

  GatewayUnderTest(RestApiSpec api) {
    try {
      server = new GatewayServer(ListeningPort.take(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    SecureRandom random = new SecureRandom();
    server.start(
        List.of(
            new RestGateway(api, "/api/v1", functions, clock, random, complaints::add),
            new UnmappedPath(clock, random)),
        requestLines::add);
    client = new RawClient(server.port());
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  /** An API without CORS, gateway responses or binary types. */
  static RestApiSpec api(RestApiSpec.Route... routes) {
    return new RestApiSpec(
        "RestApi", "live", List.of(routes), Optional.empty(), Map.of(), List.of());
  }

  static RestApiSpec.Route route(String method, String resource) {
    return new RestApiSpec.Route(method, resource, method + " " + resource);
  }
}
