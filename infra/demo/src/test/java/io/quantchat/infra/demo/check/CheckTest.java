package io.quantchat.infra.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantchat.infra.local.OwnBackend;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the check says of a real relay, and of one with something before it that spoils answers. */
class CheckTest {

  private static final List<Duration> RESTED = new CopyOnWriteArrayList<>();

  /** For what never comes. */
  private static final Duration BRIEF = Duration.ofSeconds(1);

  /** For what comes, however slow this machine is. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private static OwnBackend relay;

  private int accountsBefore;

  @BeforeAll
  static void start() {
    relay = OwnBackend.start();
  }

  @AfterAll
  static void stop() {
    relay.close();
  }

  @BeforeEach
  void count() {
    accountsBefore = accounts();
  }

  private record Said(int exit, String text) {}

  private static Said check(String... words) {
    return check(LongestWaits.WITH_A_STACK, words);
  }

  private static Said check(LongestWaits longest, String... words) {
    var said = new ByteArrayOutputStream();
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int exit = new Check(out, RESTED::add, longest).run(List.of(words));
    return new Said(exit, said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aRelayThatDoesAllPassesAndKeepsNothing() {
    Said said =
        check("--url", relay.restUrl().toString(), "--socket-url", relay.socketUrl().toString());

    assertThat(said.text()).endsWith("The check passed.\n").doesNotContain("FAILED");
    assertThat(said.text().lines().filter(line -> line.contains(" ok "))).hasSize(9);
    assertThat(said.exit()).isZero();
    assertThat(accounts()).isEqualTo(accountsBefore);
  }

  @Test
  void onThisMachineTheAddressAloneIsEnough() {
    String address = "http://localhost:" + relay.restUrl().getPort();

    Said said = check("--url", address);

    assertThat(said.text()).contains("/api/v1 and ws://localhost:", "get it over the socket");
    assertThat(said.exit()).isZero();
  }

  @Test
  void withoutSocketsTheRestIsChecked() {
    Said said = check("--url", relay.restUrl().toString(), "--no-socket");

    assertThat(said.text()).contains("without sockets").doesNotContain("over the socket");
    assertThat(said.exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GET /users/me, answer",
    "POST /auth/register, register",
    "PUT /keys/bundle, publish keys",
    "POST /keys/prekeys, publish keys",
    "POST /auth/socket-ticket, open a socket",
    "POST /relay/send, send to oneself",
    "GET /relay/pending, fetch and open",
    "POST /relay/acknowledge, acknowledge",
  })
  void theStepThatFailsIsNamedAndTheAccountDeleted(String spoiled, String step) throws Exception {
    try (var before = new Spoiling(Map.of(spoiled, 500))) {
      Said said = check("--url", before.url(), "--socket-url", relay.socketUrl().toString());

      assertThat(said.text())
          .containsPattern("FAILED " + step + ": Expected .*status 500")
          .endsWith("The check FAILED.\n");
      assertThat(said.exit()).isEqualTo(1);
      assertThat(accounts()).isEqualTo(accountsBefore);
    }
  }

  @Test
  void anAccountWhoseRegistrationWasAnsweredByAFailureIsDeletedAllTheSame() throws Exception {
    try (var before = new Spoiling(Map.of("after POST /auth/register", 502))) {
      Said said = check("--url", before.url(), "--socket-url", relay.socketUrl().toString());

      assertThat(said.text()).contains("FAILED register", "ok     delete the account");
      assertThat(before.asked()).contains("DELETE /users/me");
      assertThat(accounts()).isEqualTo(accountsBefore);
    }
  }

  @Test
  void aDeletionThatFailsIsAFailureAndTheAccountIsNamed() throws Exception {
    try (var before = new Spoiling(Map.of("DELETE /users/me", 503))) {
      Said said = check("--url", before.url(), "--socket-url", relay.socketUrl().toString());

      assertThat(said.text())
          .contains("FAILED delete the account")
          .containsPattern("The account success\\+quantchat-[0-9a-f]+@\\S+ is still there")
          .endsWith("The check FAILED.\n");
      assertThat(said.exit()).isEqualTo(1);
    }
  }

  @Test
  void whoMayMakeNoMoreAccountsIsToldWhatToDo() throws Exception {
    try (var before = new Spoiling(Map.of("POST /auth/register", 429))) {
      Said said = check("--url", before.url(), "--no-socket");

      assertThat(said.text()).contains("FAILED register", "RegistrationsPerHour");
      assertThat(before.asked()).doesNotContain("DELETE /users/me");
      assertThat(said.exit()).isEqualTo(1);
    }
  }

  @Test
  void aFirstAnswerIsWaitedFor() throws Exception {
    RESTED.clear();
    try (var before = new Spoiling(Map.of("first GET /users/me", 403))) {
      assertThat(check("--url", before.url(), "--no-socket", "--wait", "3600").exit()).isZero();
    }
    assertThat(RESTED).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aSocketThatCannotBeOpenedIsNamed() throws Exception {
    try (var before = new Spoiling(Map.of("GET /ws", 403))) {
      Said said =
          check(
              "--url",
              relay.restUrl().toString(),
              "--socket-url",
              before.url().replace("http:", "ws:") + "/ws");

      assertThat(said.text())
          .contains("FAILED open a socket: Expected an open socket, but got status 403");
      assertThat(said.exit()).isEqualTo(1);
    }
  }

  @Test
  void aRelayThatTakesARequestAndNeverAnswersIsAFailure() throws Exception {
    try (var silent = new Silent()) {
      Said said =
          check(
              new LongestWaits(BRIEF, LONG, LONG, LONG),
              "--url",
              silent.url("http"),
              "--no-socket");

      assertThat(said.text())
          .contains("1 FAILED answer: Expected an answer, but got none within the time")
          .doesNotContain("delete the account")
          .endsWith("The check FAILED.\n");
      assertThat(said.exit()).isEqualTo(1);
    }
  }

  @Test
  void aSocketThatIsTakenAndNeverAnsweredIsAFailure() throws Exception {
    try (var silent = new Silent()) {
      assertFailsAndKeepsNothing(
          check(
              new LongestWaits(LONG, BRIEF, LONG, LONG),
              "--url",
              relay.restUrl().toString(),
              "--socket-url",
              silent.url("ws")),
          "FAILED open a socket: Expected an open socket, but got no answer within 1 s.\n");
    }
  }

  @Test
  void aSocketThatOpensAndAnswersNoPingIsAFailure() throws Exception {
    try (var mute = new Mute(List.of())) {
      assertFailsAndKeepsNothing(
          check(
              new LongestWaits(LONG, LONG, BRIEF, LONG),
              "--url",
              relay.restUrl().toString(),
              "--socket-url",
              mute.url()),
          "FAILED open a socket: Expected a pong within 1 s, but got none of it.\n");
    }
  }

  @Test
  void aSocketThatNeverBringsTheMessageIsAFailure() throws Exception {
    try (var mute = new Mute(List.of("{\"type\": \"pong\", \"payload\": {}}"))) {
      assertFailsAndKeepsNothing(
          check(
              new LongestWaits(LONG, LONG, LONG, BRIEF),
              "--url",
              relay.restUrl().toString(),
              "--socket-url",
              mute.url()),
          "FAILED get it over the socket: Expected the message within 1 s, but got none of it.\n");
    }
  }

  private void assertFailsAndKeepsNothing(Said said, String sentence) {
    assertThat(said.text())
        .contains(sentence, "ok     delete the account")
        .endsWith("The check FAILED.\n");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(accounts()).isEqualTo(accountsBefore);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--url nonsense",
        "--url ftp://host",
        "--url http://u:p@host",
        "--url https://a.example/live",
        "--url http://localhost --wait never",
        "--url http://localhost --socket-url http://localhost",
        "--else"
      })
  void wordsThatCannotBeUsedAreOneSentence(String words) {
    Said said = check(words.split(" "));

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.text()).contains("Usage: ./quantchat check").doesNotContain("Exception");
  }

  private static int accounts() {
    return relay
        .tables()
        .scan(request -> request.tableName(relay.tableNames().get("AccountsTable")))
        .count();
  }

  /** Hands everything on to the relay, but what it is told to spoil. */
  private static final class Spoiling implements AutoCloseable {

    private final HttpServer server;
    private final HttpClient onward = HttpClient.newHttpClient();
    private final Map<String, Integer> spoiled;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param spoiled statuses by method and path; {@code first} before it spoils the first alone,
     *     {@code after} has the relay do it first
     */
    Spoiling(Map<String, Integer> spoiled) throws IOException {
      this.spoiled = spoiled;
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
    }

    String url() {
      return "http://localhost:" + server.getAddress().getPort() + "/base";
    }

    List<String> asked() {
      return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
      String path = exchange.getRequestURI().toString().replaceFirst("^/base", "");
      String what = exchange.getRequestMethod() + " " + path.replaceFirst("\\?.*", "");
      boolean isFirst = !asked.contains(what);
      asked.add(what);
      byte[] body = exchange.getRequestBody().readAllBytes();
      Integer status = spoiled.get(what);
      if (status == null && isFirst) {
        status = spoiled.get("first " + what);
      }
      if (status != null) {
        answer(exchange, status, "{}".getBytes(StandardCharsets.UTF_8));
        return;
      }
      HttpResponse<byte[]> answer = handOn(exchange, path, body);
      answer(exchange, spoiled.getOrDefault("after " + what, answer.statusCode()), answer.body());
    }

    private HttpResponse<byte[]> handOn(HttpExchange exchange, String path, byte[] body)
        throws IOException {
      var request =
          HttpRequest.newBuilder(URI.create(relay.restUrl() + path))
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
      for (String header : List.of("Authorization", "Content-Type")) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      try {
        return onward.send(request.build(), BodyHandlers.ofByteArray());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    @Override
    public void close() {
      server.stop(0);
      onward.shutdownNow();
    }
  }

  /** Takes connections, since the kernel does, and nothing else. */
  private static final class Silent implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Silent() throws IOException {}

    String url(String scheme) {
      return scheme + "://localhost:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /** Opens every socket, says what it was given to say, and takes no notice of what it hears. */
  private static final class Mute implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> frames;

    Mute(List<String> frames) throws IOException {
      this.frames = frames;
      Thread.ofVirtual().start(this::serve);
    }

    String url() {
      return "ws://localhost:" + server.getLocalPort();
    }

    private void serve() {
      try (Socket opened = server.accept()) {
        String key = key(opened);
        String accepted =
            Base64.getEncoder()
                .encodeToString(
                    MessageDigest.getInstance("SHA-1")
                        .digest(
                            // RFC 6455, section 1.3.
                            (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                .getBytes(StandardCharsets.US_ASCII)));
        OutputStream out = opened.getOutputStream();
        out.write(
            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: "
                    + accepted
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (String frame : frames) {
          byte[] text = frame.getBytes(StandardCharsets.UTF_8);
          // The whole of a text, unmasked, shorter than 126 bytes: section 5.2.
          out.write(new byte[] {(byte) 0x81, (byte) text.length});
          out.write(text);
        }
        out.flush();
        opened.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException closed) {
        // The test is over.
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    private static String key(Socket opened) throws IOException {
      var request =
          new BufferedReader(
              new InputStreamReader(opened.getInputStream(), StandardCharsets.US_ASCII));
      String key = "";
      for (String line = request.readLine();
          line != null && !line.isEmpty();
          line = request.readLine()) {
        if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
          key = line.substring(18).strip();
        }
      }
      return key;
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
