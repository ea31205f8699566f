package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantchat.sockets.SocketAuthorizer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A function in a process of its own, which rehearses, wakes, and finds the tables at another
 * address, with other credentials. The JDK looks the tables' name up in a file.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Elsewhere the machine has one loopback address")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RestoredTest {

  private static final String TABLES = "tables.test";
  private static final String BEFORE = "127.0.0.1";
  private static final String AFTER = "127.0.0.2";

  private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query");

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** A handshake whose token is signed by a key that nobody has: to refuse it, a table is asked. */
  private static final String EVENT =
      """
      {"type": "REQUEST", "methodArn": "arn:aws:execute-api:none",
       "queryStringParameters": {"token": "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Im5vbmUifQ.\
      eyJzdWIiOiJub2JvZHkifQ.bm90aGluZw"}}
      """;

  /** A request that reached the tables. */
  private record Asked(String address, String keyId, Instant signedAt) {

    static Asked of(HttpExchange exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      return new Asked(
          exchange.getLocalAddress().getAddress().getHostAddress(),
          authorization.replaceFirst(".*Credential=([^/]*)/.*", "$1"),
          AMZ_DATE.parse(exchange.getRequestHeaders().getFirst("X-Amz-Date"), Instant::from));
    }
  }

  @TempDir private Path folder;

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final StoreTables tables = StoreTables.embedded();
  private HttpServer before;
  private HttpServer after;
  private HttpServer credentials;
  private volatile String keyId = "BEFORE";

  @BeforeEach
  void listen() throws IOException {
    while (after == null) {
      before = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      try {
        int port = before.getAddress().getPort();
        after = HttpServer.create(new InetSocketAddress(InetAddress.getByName(AFTER), port), 0);
      } catch (BindException taken) {
        before.stop(0);
      }
    }
    credentials = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    before.createContext("/", this::answer);
    after.createContext("/", this::answer);
    credentials.createContext("/", this::giveCredentials);
    List.of(before, after, credentials).forEach(HttpServer::start);
  }

  @AfterEach
  void close() {
    List.of(before, after, credentials).forEach(server -> server.stop(0));
    tables.close();
  }

  @Test
  void nothingOfTheRehearsalIsUsedOnceTheFunctionHasWoken() throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, BEFORE + " " + TABLES + "\n");
    Process process = start(hosts);
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      String complaints =
          said.lines()
              .takeWhile(line -> !line.equals(RestoredFunction.READY))
              .collect(Collectors.joining("\n"));
      assertThat(complaints).isBlank();
      assertThat(asked)
          .isNotEmpty()
          .allMatch(one -> one.address().equals(BEFORE) && one.keyId().equals("BEFORE"));

      asked.clear();
      before.stop(0);
      Files.writeString(hosts, AFTER + " " + TABLES + "\n");
      keyId = "AFTER";
      Instant woken = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      process.outputWriter().append('\n').flush();

      assertThat(said.readLine()).isEqualTo("Unauthorized");
      assertThat(asked)
          .isNotEmpty()
          .allMatch(one -> one.address().equals(AFTER) && one.keyId().equals("AFTER"))
          .allMatch(one -> !one.signedAt().isBefore(woken));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(Path hosts) throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                RestoredFunction.class.getName(),
                SocketAuthorizer.class.getName(),
                EVENT)
            .redirectErrorStream(true);
    var variables = builder.environment();
    variables.clear();
    variables.putAll(new World(tables).variablesOf(SocketAuthorizer.class));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + BEFORE + portOf(credentials));
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://" + TABLES + portOf(before));
    return builder.start();
  }

  private static String portOf(HttpServer server) {
    return ":" + server.getAddress().getPort() + "/";
  }

  /** Tables that hold nothing, so that no condition of a write is met. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(Asked.of(exchange));
      exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      if (READS.contains(target.replaceFirst(".*\\.", ""))) {
        write(exchange, 200, "{}");
      } else {
        write(
            exchange,
            400,
            "{\"__type\": \"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}");
      }
    }
  }

  /** Good for far longer than the function sleeps. */
  private void giveCredentials(HttpExchange exchange) throws IOException {
    try (exchange) {
      write(
          exchange,
          200,
          """
          {"AccessKeyId": "%s", "SecretAccessKey": "secret", "Token": "token", "Expiration": "%s"}
          """
              .formatted(keyId, Instant.now().plus(Duration.ofHours(6))));
    }
  }

  private static void write(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
