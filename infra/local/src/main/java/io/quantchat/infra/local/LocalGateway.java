package io.quantchat.infra.local;

import io.quantchat.host.Host;
import io.quantchat.infra.local.backup.BackupSocket;
import io.quantchat.infra.local.database.Database;
import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.database.UnusableDatabaseException;
import io.quantchat.infra.local.lambda.LambdaHost;
import io.quantchat.infra.local.lambda.LambdaStartException;
import io.quantchat.infra.local.lambda.Schedules;
import io.quantchat.infra.local.mail.MailFolder;
import io.quantchat.infra.local.metrics.MetricsSource;
import io.quantchat.infra.local.objects.LocalBucket;
import io.quantchat.infra.local.objects.StoredObject;
import io.quantchat.infra.local.rest.RestGateway;
import io.quantchat.infra.local.server.HealthCheck;
import io.quantchat.infra.local.signing.SigningCredentials;
import io.quantchat.infra.local.socket.OpenSockets;
import io.quantchat.infra.local.socket.SocketGateway;
import io.quantchat.infra.local.socket.SocketLimits;
import io.quantchat.infra.local.web.StartingClient;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Template;
import io.quantchat.infra.stack.TemplateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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

  /** Longer than all but the slowest requests take. */
  private static final Duration SHORT_DRAIN = Duration.ofSeconds(1);

  private final OpenParts parts;
  private final Stack stack;
  private final Database database;
  private final LocalBuckets buckets;
  private final OpenPorts ports;
  private final StartingClient client;
  private volatile Duration patience = SHORT_DRAIN;

  private LocalGateway(
      OpenParts parts,
      Stack stack,
      Database database,
      LocalBuckets buckets,
      OpenPorts ports,
      StartingClient client) {
    this.parts = parts;
    this.stack = stack;
    this.database = database;
    this.buckets = buckets;
    this.ports = ports;
    this.client = client;
  }

  /**
   * Starts everything and returns when requests are answered.
   *
   * @throws StartFailure if something that is needed isn't there; nothing is left running then
   */
  static LocalGateway start(Options options) throws StartFailure {
    return start(options, UnaryOperator.identity());
  }

  /**
   * The same, with something between the functions and the tables.
   *
   * @param way makes the functions' way to the tables of the tables' own
   */
  static LocalGateway start(Options options, UnaryOperator<DynamoDbClient> way)
      throws StartFailure {
    return start(options, way, Clock.systemUTC());
  }

  /** The same by another clock, but for what the database deletes by its own. */
  static LocalGateway start(Options options, UnaryOperator<DynamoDbClient> way, Clock clock)
      throws StartFailure {
    OpenParts parts = new OpenParts(options.log());
    try {
      return start(options, way, clock, parts);
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

  private static LocalGateway start(
      Options options, UnaryOperator<DynamoDbClient> way, Clock clock, OpenParts parts)
      throws StartFailure {
    StartingDatabase starting = StartingDatabase.in(options.tables(), parts);
    OpenPorts ports = OpenPorts.take(options.listening(), options.log(), parts);
    starting.begin(parts);
    StartingClient client = StartingClient.begin(options.client(), options.log());
    ports.load(parts);
    Stack stack = resolve(options, ports);
    Database database = starting.prepare(stack.tables().values(), options.reaping());

    SecureRandom random = new SecureRandom();
    OpenSockets open = new OpenSockets(SocketLimits.AWS.withCloseGrace(CLOSE_GRACE));
    ApiGatewayManagementApiClient connections = open.client();
    DynamoDbClient tables = way.apply(database.client());
    SigningCredentials credentials = credentials(random);
    var allowed = stack.permissions().values().stream().flatMap(Set::stream).toList();
    LocalBuckets buckets =
        LocalBuckets.open(
            stack,
            options.tables(),
            new LocalBucket.Setting(credentials, allowed, clock, random, options.log()),
            parts);
    MailFolder mail = parts.add(mailFolder(options, clock));
    LambdaHost functions =
        parts.add(
            LambdaHost.start(
                stack.functions().values(),
                Deployment.LOCAL_REGION,
                environment ->
                    new Host(
                        environment,
                        tables,
                        () -> connections,
                        clock,
                        new SecureRandom(),
                        () ->
                            (from, sent) ->
                                mail.write(from, sent.to(), sent.subject(), sent.text()),
                        // The functions' host puts its own in its place.
                        () -> event -> {},
                        () -> buckets.of(environment))));
    starting.awaitPrepared();
    SocketGateway sockets =
        new SocketGateway(stack.socket(), functions, open, credentials, clock, random);
    LocalGateway gateway = new LocalGateway(parts, stack, database, buckets, ports, client);
    var health =
        new HealthCheck(
            new TableRead(database.client(), stack.tables().values().iterator().next()));
    List<Handler> handlers =
        new ArrayList<>(
            List.of(
                health,
                sockets.connections("/" + stack.socket().stage()),
                sockets.connections(SOCKET_PATH),
                sockets.sockets(SOCKET_PATH),
                new RestGateway(stack.rest(), REST_PATH, functions, clock, random, options.log())));
    handlers.addAll(buckets.handlers());
    // Last: no file of the client may stand before an API.
    handlers.add(client.handler(gateway.restUrl(), gateway.socketUrl()));
    List<MetricsSource> counted = new ArrayList<>(List.of(sockets));
    database.metrics().ifPresent(counted::add);
    ports.answer(handlers, counted, clock, random, parts);
    var schedules = new Schedules(stack.schedules(), functions, clock, options.log()).start();
    parts.add(() -> schedules.close(gateway.patience));
    // Closed early: goodbyes travel over the server, and $disconnect needs functions and tables.
    parts.add(sockets);
    parts.add(() -> ports.drain(gateway.patience));
    parts.add(health::stopping);
    openBackups(options, database, parts);
    return gateway;
  }

  /** Who can't ask for backups meanwhile can still make them while nothing runs. */
  private static void openBackups(Options options, Database database, OpenParts parts) {
    if (options.tables() instanceof Place.Folder(Path folder) && database.snapshot().isPresent()) {
      try {
        parts.add(BackupSocket.open(folder, database.snapshot().get(), options.log()));
      } catch (IOException e) {
        options.log().accept("Backups can't be asked for while this runs: " + e.getMessage());
      }
    }
  }

  private static MailFolder mailFolder(Options options, Clock clock) {
    return options.tables() instanceof Place.Folder(Path folder)
        ? MailFolder.in(DataFolder.mailOf(folder), clock, options.log())
        : MailFolder.passing(clock, options.log());
  }

  private static Stack resolve(Options options, OpenPorts ports) throws StartFailure {
    try {
      Template template = Template.read(options.template());
      var parameters = new HashMap<>(options.parameters());
      onThisMachine(ports)
          .forEach(
              (name, value) -> {
                if (template.parameters().contains(name)) {
                  parameters.putIfAbsent(name, value);
                }
              });
      return template.resolve(Deployment.onThisMachine(ports.number(), parameters));
    } catch (UncheckedIOException e) {
      throw new StartFailure(
          "The template %s can't be read: name another with --template."
              .formatted(options.template()),
          e);
    }
  }

  /**
   * What the template's parameters are on one machine, unless somebody says otherwise: mail lands
   * in a folder, so that there can be some; and whoever reads it there is the same person everybody
   * believes, so people are found by addresses that nobody has verified. The browser client is
   * served by this process, so no distribution is.
   */
  private static Map<String, String> onThisMachine(OpenPorts ports) {
    return Map.of(
        "MailFrom", "quantchat@localhost",
        "MailLink", ports.url().http(REST_PATH).toString(),
        "FindUnverified", "true",
        "WebClient", "false");
  }

  /** The key that posts to sockets and requests for objects are signed with, by this instance. */
  private static SigningCredentials credentials(SecureRandom random) {
    byte[] secret = new byte[20];
    random.nextBytes(secret);
    return new SigningCredentials(
        "AKIALOCALQUANTCHAT00", HexFormat.of().formatHex(secret), Deployment.LOCAL_REGION);
  }

  /** Base of the REST routes, without a slash at its end. */
  URI restUrl() {
    return ports.url().http(REST_PATH);
  }

  /** Where sockets connect. */
  URI socketUrl() {
    return ports.url().socket(SOCKET_PATH);
  }

  /** Where a person opens the browser client. */
  URI clientUrl() {
    return ports.url().base();
  }

  /** The hash of the browser client that is served, in hexadecimal; empty where there is none. */
  Optional<String> clientHash() {
    return client.hash();
  }

  /** Where Prometheus asks, if it may. */
  Optional<URI> metricsUrl() {
    return ports.metricsUrl().map(url -> url.http("/metrics"));
  }

  /** This instance, as other commands find it. */
  RunningInstance instance() {
    return RunningInstance.ofThisProcess(restUrl(), socketUrl());
  }

  /** The way to the tables, behind the functions' backs. */
  DynamoDbClient tables() {
    return database.client();
  }

  /** What is in the buckets, behind the functions' backs. */
  List<StoredObject> objects() throws IOException {
    return buckets.stored();
  }

  /** The tables' names by their logical ids in the template. */
  Map<String, String> tableNames() {
    return stack.tables().values().stream()
        .collect(Collectors.toMap(TableSpec::logicalId, TableSpec::name));
  }

  /**
   * Takes nothing new, waits for the requests that run, says goodbye to the sockets with 1001, so
   * that their clients come back later, then stops everything.
   *
   * @param longestDrain how long requests are waited for at most
   */
  void close(Duration longestDrain) {
    patience = longestDrain;
    close();
  }

  /** The same, without waiting long. */
  @Override
  public void close() {
    parts.close();
  }
}
