package io.quantchat.lives;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.auth.CheapAuth;
import io.quantchat.host.Backoff;
import io.quantchat.host.Host;
import io.quantchat.host.RetryingDynamoDb;
import io.quantchat.http.Json;
import io.quantchat.infra.database.EmbeddedDatabase;
import io.quantchat.infra.database.Settings;
import io.quantchat.infra.stack.RestApiSpec.Route;
import io.quantchat.testing.Answer;
import io.quantchat.testing.GoldenEvent;
import io.quantchat.testing.Mentions;
import io.quantchat.testing.MovableClock;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The whole system as AWS runs it, where all goes wrong that can: functions whose instances come
 * and go, some in the middle of their work; tables; the gateway's side of sockets.
 */
final class Cloud implements AutoCloseable {

  private static final Map<String, String> FUNCTIONS = functionsOfRoutes();

  /** A function's instance, with what ends it. */
  private record Instance(RequestStreamHandler function, KillSwitch end) {}

  private final Random random;
  private final EmbeddedDatabase database;
  private final MovableClock clockOfTables = new MovableClock(Instant.EPOCH);
  private final AtomicLong writes = new AtomicLong();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Map<String, Instance> instances = new HashMap<>();
  private final Troubles troubles;
  private int opened;
  private Instant latest;

  final World world;
  final Callbacks callbacks;
  final MovableClock clock;

  Cloud(long seed) {
    random = new Random(seed);
    troubles = new Troubles(seed);
    callbacks = new Callbacks(troubles, seed);
    database =
        EmbeddedDatabase.inMemory(Settings.DEFAULT.withFaults(troubles).withClock(clockOfTables));
    world = new World(StoreTables.reaped(database.client()));
    clock = world.clock;
    latest = clock.instant();
    clockOfTables.advance(Duration.between(Instant.EPOCH, latest));
    StoreTables.stack().tables().keySet().forEach(world.tables::name);
    troubles.begin();
  }

  /** How many writes the store has done. */
  long writes() {
    return writes.get();
  }

  /** The latest that any clock ever showed. */
  Instant latest() {
    return latest;
  }

  void advance(Duration duration) {
    clock.advance(duration);
    clockOfTables.advance(duration);
    if (clock.instant().isAfter(latest)) {
      latest = clock.instant();
    }
  }

  /** Deletes what has expired. */
  void reap() {
    database.reap();
  }

  /** The next event finds no instance of a function, or one that ends in the middle. */
  void disturb() {
    if (random.nextBoolean()) {
      instances.clear();
    } else {
      instances.values().forEach(one -> one.end().arm(random.nextInt(6), random.nextBoolean()));
    }
  }

  /**
   * Asks a route.
   *
   * @param event what {@link #request} made, with whatever belongs to it
   * @return nothing where there is no answer that says what became of it
   */
  Optional<Answer> call(String route, ObjectNode event) {
    Optional<Answer> answer =
        attempt(FUNCTIONS.get(route), function -> world.call(function, event));
    if (answer.filter(one -> one.status() == 500).isPresent()) {
      throw new AssertionError("Fell over " + event + ": " + lastLogged());
    }
    return answer.filter(one -> one.status() != 503);
  }

  /** An event of this route; parts of its path in braces are set from these values in order. */
  ObjectNode request(String route, String... path) {
    String[] parts = route.split(" ", 2);
    ObjectNode event = ProxyEvent.of(parts[0], parts[1]);
    event
        .withObject("/requestContext")
        .withObject("/identity")
        .put("sourceIp", "10.0.%d.%d".formatted(random.nextInt(256), random.nextInt(256)));
    int at = 0;
    for (String part : parts[1].split("/", -1)) {
      if (part.startsWith("{")) {
        event.withObject("/pathParameters").put(part.substring(1, part.length() - 1), path[at++]);
      }
    }
    return event;
  }

  /** A handshake: the authorizer, then the route {@code $connect}. Nothing where it is refused. */
  Optional<Socket> open(String userId, String ticket) {
    ObjectNode handshake = GoldenEvent.SOCKET_AUTHORIZER.json();
    handshake.set("queryStringParameters", Json.object().put("ticket", ticket));
    Optional<JsonNode> allowed =
        attempt("SocketAuthorizerFunction", one -> world.answer(one, handshake));
    if (allowed.isEmpty()) {
      return Optional.empty();
    }
    String principal = allowed.get().path("principalId").asText();
    if (!principal.equals(userId)) {
      throw new AssertionError("The ticket of " + userId + " opens a socket of " + principal);
    }
    ObjectNode context = allowed.get().path("context").deepCopy();
    context.put("principalId", principal);
    var socket = new Socket(userId, "socket-" + ++opened + "=", clock.instant(), context);
    callbacks.add(socket);
    Optional<JsonNode> answer = event("CONNECT", "$connect", socket, null);
    if (answer.filter(one -> one.path("statusCode").asInt() == 200).isEmpty()) {
      return Optional.empty();
    }
    socket.open();
    return Optional.of(socket);
  }

  /**
   * Lets the worker run that erases accounts that have left.
   *
   * @return how many of them it left for a later run; nothing if it failed or was ended
   */
  OptionalInt erase() {
    settle();
    Optional<JsonNode> answer =
        attempt(
            "ErasureFunction",
            one -> world.answer(one, Json.object().put("detail-type", "Scheduled Event")));
    settle();
    return answer.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(answer.get().path("waiting").asInt());
  }

  /** Waits until nothing is under way that somebody gave up: clocks here run faster than that. */
  private void settle() {
    while (underWay.get() > 0) {
      Thread.onSpinWait();
    }
  }

  /** From here on all goes well. */
  void calm() {
    troubles.end();
    instances.clear();
    settle();
  }

  /** The rows that mention an account, by table. */
  Map<String, List<Map<String, AttributeValue>>> mentionsOf(String userId) {
    boolean wereOn = troubles.areOn();
    troubles.end();
    try {
      return new Mentions(userId, List.of()).in(world.tables, database.client());
    } finally {
      if (wereOn) {
        troubles.begin();
      }
    }
  }

  /** Closes a socket; that may be told or not. */
  void close(Socket socket, boolean tells) {
    socket.close();
    if (tells) {
      event("DISCONNECT", "$disconnect", socket, null);
    }
  }

  /** Sends a frame; gives what answers it, if anything does. */
  Optional<JsonNode> send(Socket socket, String type, ObjectNode payload) {
    ObjectNode frame = Json.object().put("type", type).set("payload", payload);
    return event("MESSAGE", type, socket, frame.toString())
        .map(answer -> answer.path("body").asText())
        .filter(body -> !body.isEmpty())
        .map(World::json);
  }

  private Optional<JsonNode> event(String type, String route, Socket socket, String body) {
    ObjectNode event = GoldenEvent.valueOf("SOCKET_" + type).json();
    event.remove("body");
    event
        .withObject("/requestContext")
        .put("routeKey", route)
        .put("connectionId", socket.connection.connectionId())
        .put("connectedAt", socket.connection.connectedAt().toEpochMilli())
        .set("authorizer", socket.context);
    if (body != null) {
      event.put("body", body);
    }
    return attempt("ConnectionsFunction", function -> world.answer(function, event));
  }

  /** One invocation. An instance that has ended is never used again. */
  private <T> Optional<T> attempt(String name, Function<RequestStreamHandler, T> work) {
    Instance instance = instances.get(name);
    try {
      if (instance == null) {
        instance = start(name);
      }
      T answer = work.apply(instance.function());
      return instance.end().isDead() ? Optional.empty() : Optional.of(answer);
    } catch (Killed | SdkException failed) {
      // The gateway answers for the function then.
      return Optional.empty();
    } catch (RuntimeException thrown) {
      if (refuses(thrown)
          || tellsOfTheStore(thrown)
          || (instance != null && instance.end().isDead())) {
        return Optional.empty();
      }
      throw thrown;
    } finally {
      if (instance != null) {
        instance.end().disarm();
        if (instance.end().isDead()) {
          instances.remove(name);
        }
      }
    }
  }

  /** How an authorizer refuses. */
  private static boolean refuses(RuntimeException thrown) {
    return "Unauthorized".equals(thrown.getMessage());
  }

  /** How a function fails whose failures Lambda logs: what failed is told, and not thrown. */
  private static boolean tellsOfTheStore(RuntimeException thrown) {
    return thrown instanceof IllegalStateException
        && thrown.getMessage().startsWith("software.amazon.awssdk.");
  }

  String lastLogged() {
    String log = world.lambda.log();
    return log.substring(Math.max(0, log.length() - 4000));
  }

  private Instance start(String name) {
    var end = new KillSwitch(writes, underWay);
    var handler = World.handlerOf(StoreTables.stack().functions().get(name));
    Host given = world.hostOf(handler);
    var host =
        new Host(
                given.environment(),
                new RetryingDynamoDb(
                    world.tables.client(end), new Backoff(world.tables.sleeper(), given.random())),
                () -> callbacks,
                given.clock(),
                given.random())
            .with(given.bucket());
    var instance =
        new Instance(
            name.equals("AuthFunction") ? CheapAuth.on(host) : World.function(handler, host), end);
    instances.put(name, instance);
    return instance;
  }

  private static Map<String, String> functionsOfRoutes() {
    var functions = new HashMap<String, String>();
    for (Route route : StoreTables.stack().rest().routes()) {
      functions.put(route.method() + " " + route.resource(), route.functionId());
    }
    return functions;
  }

  @Override
  public void close() {
    database.close();
  }
}
