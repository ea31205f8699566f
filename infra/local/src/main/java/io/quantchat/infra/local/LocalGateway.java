package io.quantchat.infra.local;

import io.quantchat.host.Host;
import io.quantchat.infra.local.database.Database;
import io.quantchat.infra.local.database.DatabaseUrl;
import io.quantchat.infra.local.database.OwnDatabase;
import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.database.RemoteDatabase;
import io.quantchat.infra.local.database.UnusableDatabaseException;
import io.quantchat.infra.local.lambda.LambdaHost;
import io.quantchat.infra.local.lambda.LambdaStartException;
import io.quantchat.infra.local.rest.RestGateway;
import io.quantchat.infra.local.server.FrontPage;
import io.quantchat.infra.local.server.LoopbackPort;
import io.quantchat.infra.local.server.LoopbackServer;
import io.quantchat.infra.local.server.UnmappedPath;
import io.quantchat.infra.local.socket.OpenSockets;
import io.quantchat.infra.local.socket.SigningCredentials;
import io.quantchat.infra.local.socket.SocketGateway;
import io.quantchat.infra.local.socket.SocketLimits;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Template;
import io.quantchat.infra.stack.TemplateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The whole system on one machine, from the template: both APIs on one port, the functions, the
 * tables.
 */
final class LocalGateway implements AutoCloseable {

  private static final String REST_PATH = "/api/v1";
  private static final String SOCKET_PATH = "/ws";

  /** A client that doesn't answer a goodbye must not hold up the end. */
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(1);

  private final OpenParts parts;
  private final Stack stack;
  private final Database database;
  private final int port;

  private LocalGateway(OpenParts parts, Stack stack, Database database, int port) {
    this.parts = parts;
    this.stack = stack;
    this.database = database;
    this.port = port;
  }

  /**
   * Starts everything and returns when requests are answered.
   *
   * @throws StartFailure if something that is needed isn't there; nothing is left running then
   */
  static LocalGateway start(Options options) throws StartFailure {
    OpenParts parts = new OpenParts(options.log());
    try {
      return start(options, parts);
    } catch (TemplateException
        | LambdaStartException
        | UnusableDatabaseException
        | IllegalArgumentException
        | IllegalStateException e) {
      parts.close();
      throw new StartFailure(e.getMessage(), e);
    } catch (StartFailure | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static LocalGateway start(Options options, OpenParts parts) throws StartFailure {
    Supplier<Database> opening = opening(options.tables(), parts);
    LoopbackPort port = parts.add(take(options.port()));
    // The database takes longest to start: the server is loaded and the template read meanwhile.
    CompletableFuture<Database> starting = start(opening);
    parts.add(() -> closeOnceStarted(starting));
    LoopbackServer server = parts.add(new LoopbackServer(port));
    Stack stack = resolve(options, port.number());
    Database database = await(starting);
    CompletableFuture<Void> preparing =
        CompletableFuture.runAsync(
            () -> database.prepare(stack.tables().values(), options.reaping()));

    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    OpenSockets open = new OpenSockets(SocketLimits.AWS.withCloseGrace(CLOSE_GRACE));
    ApiGatewayManagementApiClient connections = open.client();
    LambdaHost functions =
        parts.add(
            LambdaHost.start(
                stack.functions().values(),
                Deployment.LOCAL_REGION,
                environment ->
                    new Host(
                        environment,
                        database.client(),
                        () -> connections,
                        clock,
                        new SecureRandom())));
    await(preparing);
    SocketGateway sockets =
        new SocketGateway(stack.socket(), functions, open, credentials(random), clock, random);
    LocalGateway gateway = new LocalGateway(parts, stack, database, port.number());
    List<Handler> handlers =
        List.of(
            sockets.connections("/" + stack.socket().stage()),
            sockets.connections(SOCKET_PATH),
            sockets.sockets(SOCKET_PATH),
            new RestGateway(stack.rest(), REST_PATH, functions, clock, random, options.log()),
            new FrontPage(gateway.restUrl(), gateway.socketUrl()),
            new UnmappedPath(clock, random));
    server.start(handlers, options.log());
    // Closed first: goodbyes travel over the server, and $disconnect needs functions and tables.
    parts.add(sockets);
    return gateway;
  }

  /** Whatever can be refused at once is, here; the rest is for another thread. */
  private static Supplier<Database> opening(Place place, OpenParts parts) throws StartFailure {
    return switch (place) {
      case Place.Memory() -> OwnDatabase::inMemory;
      case Place.Folder(Path path) -> {
        Path tables = parts.add(DataFolder.take(path)).tables();
        yield () -> OwnDatabase.onDisk(tables);
      }
      case Place.Elsewhere(DatabaseUrl url, Place.Creation creation) ->
          () -> RemoteDatabase.at(url, creation);
    };
  }

  private static LoopbackPort take(int port) throws StartFailure {
    try {
      return LoopbackPort.take(port);
    } catch (BindException e) {
      throw new StartFailure(
          "Port %d is in use or not allowed: stop what uses it, or choose another with --port."
              .formatted(port),
          e);
    } catch (IOException e) {
      throw new StartFailure("Can't listen on localhost: " + e.getMessage(), e);
    }
  }

  private static Stack resolve(Options options, int port) throws StartFailure {
    try {
      return Template.read(options.template())
          .resolve(Deployment.onThisMachine(port, options.parameters()));
    } catch (UncheckedIOException e) {
      throw new StartFailure(
          "The template %s can't be read: name another with --template."
              .formatted(options.template()),
          e);
    }
  }

  private static CompletableFuture<Database> start(Supplier<Database> opening) {
    CompletableFuture<Database> starting = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("database-start")
        .start(() -> starting.completeAsync(opening, Runnable::run));
    return starting;
  }

  private static void closeOnceStarted(CompletableFuture<Database> starting) {
    starting.exceptionally(neverStarted -> null).thenAccept(LocalGateway::closeIfThere).join();
  }

  private static void closeIfThere(Database database) {
    if (database != null) {
      database.close();
    }
  }

  private static <T> T await(CompletableFuture<T> future) throws StartFailure {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw new StartFailure(e.getCause().getMessage(), e);
    }
  }

  /** The key that posts to sockets over HTTP are signed with; good for this instance alone. */
  private static SigningCredentials credentials(SecureRandom random) {
    byte[] secret = new byte[20];
    random.nextBytes(secret);
    return new SigningCredentials(
        "AKIALOCALQUANTCHAT00", HexFormat.of().formatHex(secret), Deployment.LOCAL_REGION);
  }

  /** Base of the REST routes, without a slash at its end. */
  URI restUrl() {
    return URI.create("http://localhost:" + port + REST_PATH);
  }

  /** Where sockets connect. */
  URI socketUrl() {
    return URI.create("ws://localhost:" + port + SOCKET_PATH);
  }

  /** This instance, as other commands find it. */
  RunningInstance instance() {
    return RunningInstance.ofThisProcess(restUrl(), socketUrl());
  }

  /** The way to the tables, behind the functions' backs. */
  DynamoDbClient tables() {
    return database.client();
  }

  /** The tables' names by their logical ids in the template. */
  Map<String, String> tableNames() {
    return stack.tables().values().stream()
        .collect(Collectors.toMap(TableSpec::logicalId, TableSpec::name));
  }

  /** Says goodbye to the sockets with 1001, then stops everything. */
  @Override
  public void close() {
    parts.close();
  }
}
