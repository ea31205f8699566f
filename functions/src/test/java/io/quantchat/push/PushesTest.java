package io.quantchat.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantchat.host.AwsClients;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Metrics;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/** Through the SDK's own client, against a callback endpoint that answers as each id says. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PushesTest {

  private static final String PREFIX = "/live/@connections/";

  private final StoreTables tables = StoreTables.embedded();
  private final World world = new World(tables);
  private final Map<String, JsonNode> received = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch meeting = new CountDownLatch(3);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String userId = UUID.randomUUID().toString();
  private final Event event =
      new Event(Event.Type.TYPING, Json.object().put("user_id", "u").put("is_typing", true));

  private final Queue<Duration> waits = new ConcurrentLinkedQueue<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Set<String> opened = ConcurrentHashMap.newKeySet();
  private Runnable afterTheWait = () -> {};

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private HttpServer server;
  private ApiGatewayManagementApiClient client;
  private Pushes pushes;

  @BeforeEach
  void startTheCallbackEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    client =
        AwsClients.sockets(
            world
                .host
                .environment()
                .with(
                    Variable.SOCKET_ENDPOINT,
                    "ws://127.0.0.1:" + server.getAddress().getPort() + "/live"),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")));
    pushes = pushes(Duration.ofMinutes(5));
  }

  private Pushes pushes(Duration patience) {
    return new Pushes(
        world.connections,
        new Patient(client),
        new Metrics(
            new PrintStream(printed, true, StandardCharsets.UTF_8), world.clock, "pushes", "1"),
        world.clock,
        wait -> {
          waits.add(wait);
          afterTheWait.run();
        },
        patience);
  }

  @AfterEach
  void stopTheCallbackEndpoint() {
    end.countDown();
    client.close();
    server.stop(0);
    threads.shutdownNow();
    tables.close();
  }

  @Test
  void everySocketGetsTheFrame() throws Exception {
    List<Connection> open = List.of(socket("open1="), socket("open2="), socket("open3="));

    assertThat(pushes.post(open, event)).isEqualTo(3);

    JsonNode frame =
        Json.MAPPER.readTree(
            "{\"type\":\"typing\",\"payload\":{\"user_id\":\"u\",\"is_typing\":true}}");
    assertThat(received).containsOnlyKeys("open1=", "open2=", "open3=").containsValue(frame);
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(open);
    assertThat(failedPushes()).isEmpty();
  }

  @Test
  void nobodyToTellCostsNothing() {
    assertThat(pushes.post(List.of(), event)).isZero();
    assertThat(received).isEmpty();
  }

  @Test
  void aSocketThatIsGoneLosesItsRowAndNoOtherDoes() throws Exception {
    Connection open = socket("open=");
    Connection gone = socket("gone=");
    Connection forbidden = socket("forbidden=");
    Connection throttled = socket("throttled=");
    world.clock.advance(Connection.LONGEST_HANDSHAKE);

    assertThat(pushes.post(List.of(gone, forbidden, throttled, open), event)).isEqualTo(1);

    assertThat(received).containsOnlyKeys("open=");
    assertThat(rows()).containsExactlyInAnyOrder(open, forbidden, throttled);
    assertThat(failedPushes()).containsExactly(2);
    assertThat(waits).isEmpty();
  }

  @Test
  void aSocketThatMayStillBeOpeningKeepsItsRow() throws Exception {
    Connection opening = socket("gone=");
    world.clock.advance(Connection.LONGEST_HANDSHAKE.minusMillis(1));

    assertThat(pushes.post(List.of(opening), event)).isZero();

    assertThat(rows()).containsExactly(opening);
    assertThat(failedPushes()).isEmpty();
    assertThat(refused).containsExactly("gone=", "gone=");
  }

  @Test
  void aSocketThatOpensMeanwhileGetsTheFrame() throws Exception {
    Connection opening = socket("opening=");
    Connection open = socket("open=");
    afterTheWait = () -> opened.add("opening=");

    assertThat(pushes.post(List.of(opening, open), event)).isEqualTo(2);

    assertThat(received).containsOnlyKeys("opening=", "open=");
    assertThat(rows()).containsExactlyInAnyOrder(opening, open);
    assertThat(waits).containsExactly(Pushes.FOR_A_HANDSHAKE);
    assertThat(failedPushes()).isEmpty();
  }

  @Test
  void aSocketThatCannotBeOpeningAnyMoreAfterTheWaitLosesItsRow() {
    Connection gone = socket("gone=");
    world.clock.advance(Connection.LONGEST_HANDSHAKE.minusMillis(1));
    afterTheWait = () -> world.clock.advance(Pushes.FOR_A_HANDSHAKE);

    assertThat(pushes.post(List.of(gone), event)).isZero();

    assertThat(rows()).isEmpty();
  }

  @Test
  void aSocketThatIsGoneAloneLosesItsRow() throws Exception {
    Connection gone = socket("gone=");
    world.clock.advance(Connection.LONGEST_HANDSHAKE);

    assertThat(pushes.post(List.of(gone), event)).isZero();

    assertThat(rows()).isEmpty();
    assertThat(failedPushes()).isEmpty();
  }

  @Test
  void aSlowOrDeadOneIsGivenUpAndTheOthersHaveTheFrame() throws Exception {
    List<Connection> all =
        List.of(socket("silent="), socket("open1="), socket("dripping="), socket("open2="));

    pushes.post(all.subList(1, 2), event); // loads what else would take of the time

    assertThat(pushes(Pushes.PATIENCE).post(all, event)).isEqualTo(2);

    assertThat(received).containsOnlyKeys("open1=", "open2=");
    assertThat(rows()).hasSize(4);
    assertThat(failedPushes()).containsExactly(2);
  }

  @Test
  void allArePostedToAtOnce() {
    List<Connection> all = List.of(socket("meeting1="), socket("meeting2="), socket("meeting3="));

    assertThat(pushes.post(all, event)).isEqualTo(3);
  }

  @Test
  void oneSilentSocketAloneIsGivenUp() throws Exception {
    assertThat(pushes(Pushes.PATIENCE).post(List.of(socket("silent=")), event)).isZero();

    assertThat(failedPushes()).containsExactly(1);
  }

  @Test
  void aPostMayTakeTwoSeconds() {
    var limits = client.serviceClientConfiguration().overrideConfiguration();

    assertThat(limits.apiCallTimeout()).contains(Duration.ofSeconds(2));
  }

  @Test
  void anEndpointThatIsNotThereFailsNobody() {
    server.stop(0);

    assertThat(pushes.post(List.of(socket("open1="), socket("open2=")), event)).isZero();
    assertThat(rows()).hasSize(2);
  }

  /** Lets whoever answers take its time, on however slow a machine. */
  private record Patient(ApiGatewayManagementApiClient client)
      implements ApiGatewayManagementApiClient {

    @Override
    public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
      return client.postToConnection(
          request.connectionId().matches("(silent|dripping)=")
              ? request
              : request.toBuilder().overrideConfiguration(Patient::wait).build());
    }

    private static void wait(AwsRequestOverrideConfiguration.Builder limits) {
      limits.apiCallTimeout(Duration.ofMinutes(5)).apiCallAttemptTimeout(Duration.ofMinutes(5));
    }

    @Override
    public String serviceName() {
      return client.serviceName();
    }

    @Override
    public void close() {}
  }

  private Connection socket(String connectionId) {
    var connection = new Connection(userId, connectionId, world.clock.instant());
    world.connections.add(connection);
    return connection;
  }

  /** The counts that were printed, one for each line. */
  private List<Integer> failedPushes() throws JsonProcessingException {
    var counts = new ArrayList<Integer>();
    for (String line : printed.toString(StandardCharsets.UTF_8).lines().toList()) {
      counts.add(Json.MAPPER.readTree(line).required("FailedPushes").intValue());
    }
    return counts;
  }

  private List<Connection> rows() {
    return world.connections.openOf(userId, Read.CONSISTENT);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!path.startsWith(PREFIX)
          || !exchange
              .getRequestHeaders()
              .getFirst("Authorization")
              .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String id = path.substring(PREFIX.length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (id.replaceAll("[0-9]*=$", "")) {
        case "open" -> {
          received.put(id, Json.MAPPER.readTree(body));
          exchange.sendResponseHeaders(200, -1);
        }
        case "opening" -> {
          if (opened.contains(id)) {
            received.put(id, Json.MAPPER.readTree(body));
            exchange.sendResponseHeaders(200, -1);
          } else {
            refuse(exchange, 410, "GoneException");
          }
        }
        case "gone" -> {
          refused.add(id);
          refuse(exchange, 410, "GoneException");
        }
        case "forbidden" -> refuse(exchange, 403, "AccessDeniedException");
        case "throttled" -> refuse(exchange, 429, "LimitExceededException");
        case "dripping" -> drip(exchange, end);
        case "meeting" -> {
          meeting.countDown();
          drip(exchange, meeting);
        }
        default -> await(end, Duration.ofMinutes(10));
      }
    }
  }

  private static void refuse(HttpExchange exchange, int status, String type) throws IOException {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
    exchange.sendResponseHeaders(status, -1);
  }

  /** A byte now and then, until something has happened: never idle for as long as a timeout. */
  private static void drip(HttpExchange exchange, CountDownLatch event) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    while (!await(event, Duration.ofMillis(200))) {
      out.write(' ');
      out.flush();
    }
  }

  private static boolean await(CountDownLatch event, Duration longest) {
    try {
      return event.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      return true;
    }
  }
}
