package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.infra.local.backup.BackupFile;
import io.quantchat.infra.local.backup.RunningSource;
import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.database.StoredTables;
import io.quantchat.infra.local.metrics.ExpositionParser;
import io.quantchat.infra.local.metrics.ExpositionParser.Sample;
import io.quantchat.infra.local.server.ListenAddress;
import io.quantchat.infra.local.server.PublicUrl;
import io.quantchat.infra.local.server.TrustedProxies;
import io.quantchat.infra.local.tls.CertificateFiles;
import io.quantchat.infra.local.tls.TestCertificate;
import io.quantchat.infra.stack.Tables;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole backend as other machines use it: over TLS, watched, backed up. */
class ServedToOthersTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path temporary;

  private record Person(String email, String id, String token) {}

  private static LocalGateway start(Listening listening, Place tables) throws StartFailure {
    return LocalGateway.start(
        new Options(
            listening,
            tables,
            Optional.empty(),
            Path.of(System.getProperty("quantchat.template")),
            Map.of(),
            Tables.Reaping.AS_DECLARED,
            line -> {}));
  }

  private static Listening overTls(CertificateFiles files) {
    return new Listening(
        ListenAddress.localhost(),
        0,
        Optional.of(files),
        TrustedProxies.NONE,
        Optional.empty(),
        Optional.of(new Listening.MetricsPort(ListenAddress.localhost(), 0)));
  }

  private static HttpResponse<String> get(HttpClient http, URI uri) throws Exception {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static JsonNode post(HttpClient http, URI uri, String token, String body)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }

  private static Person register(HttpClient http, URI rest) throws Exception {
    String email = UUID.randomUUID() + "@example.org";
    JsonNode session = post(http, URI.create(rest + "/auth/register"), "", credentials(email));
    return new Person(
        email, session.path("user_id").asText(), session.path("access_token").asText());
  }

  private static String credentials(String email) {
    return JSON.createObjectNode().put("email", email).put("password", PASSWORD).toString();
  }

  private static String message(Person recipient) {
    return JSON.createObjectNode()
        .put("recipient_id", recipient.id())
        .put("encrypted_content", "c2VhbGVk")
        .put("encrypted_session_key", "d3JhcHBlZA==")
        .toString();
  }

  @Test
  void overTlsMessagesArePushedHealthIsToldAndEverythingIsCounted() throws Exception {
    TestCertificate certificate = TestCertificate.in(temporary, "localhost");
    try (LocalGateway gateway =
            start(overTls(certificate.files()), new Place.Folder(temporary.resolve("data")));
        HttpClient http =
            HttpClient.newBuilder().sslContext(TestCertificate.trusting(certificate)).build()) {
      URI rest = gateway.restUrl();
      assertThat(rest).asString().matches("https://localhost:[0-9]+/api/v1");
      assertThat(gateway.socketUrl()).asString().startsWith("wss://localhost:");
      assertThat(get(http, rest.resolve("/healthz")).statusCode()).isEqualTo(200);
      assertThat(get(http, rest.resolve("/")).body()).contains(rest.toString());

      Person ann = register(http, rest);
      Person ben = register(http, rest);
      var heard = new Heard();
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create(gateway.socketUrl() + "?token=" + ben.token()), heard)
              .join();
      post(http, URI.create(rest + "/relay/send"), ann.token(), message(ben));
      assertThat(heard.next()).contains("\"new_message\"");
      get(http, URI.create(rest + "/users/" + ann.id() + "/nothing?token=" + ann.token()));

      URI metrics = gateway.metricsUrl().orElseThrow();
      String text = get(http, metrics).body();
      List<Sample> samples = ExpositionParser.parse(text);
      assertThat(samples)
          .contains(
              new Sample(
                  "quantchat_http_requests_total",
                  Map.of("route", "/relay/send", "method", "POST", "status", "201"),
                  1),
              new Sample("quantchat_open_sockets", Map.of(), 1),
              new Sample("quantchat_pushes_total", Map.of("result", "accepted"), 1))
          .anyMatch(one -> one.name().equals("quantchat_store_bytes") && one.value() > 0)
          .anyMatch(one -> one.name().equals("quantchat_store_changes_total") && one.value() > 0);
      assertThat(text).doesNotContain(ann.id(), ben.id(), ann.token(), ann.email(), "nothing");
      assertThat(get(http, metrics.resolve("/api/v1/users/me")).statusCode()).isEqualTo(403);

      gateway.close(Duration.ZERO);
      assertThat(heard.next()).isEqualTo("closed with 1001");
      socket.abort();
    }
  }

  @Test
  void aBackupThatIsTakenMeanwhileIsALaterStartsData() throws Exception {
    Path backup = temporary.resolve("backup");
    Person ben;
    try (HttpClient http = HttpClient.newHttpClient()) {
      Path data = temporary.resolve("data");
      try (LocalGateway gateway = start(Listening.onLocalhost(0), new Place.Folder(data))) {
        Person ann = register(http, gateway.restUrl());
        ben = register(http, gateway.restUrl());
        URI send = URI.create(gateway.restUrl() + "/relay/send");
        post(http, send, ann.token(), message(ben));
        new BackupFile(backup, false).write(RunningSource.in(data).orElseThrow());
        post(http, send, ann.token(), message(ben));
      }
      Path restored = temporary.resolve("restored");
      try (DataFolder folder = DataFolder.take(restored)) {
        new StoredTables().restore(backup, folder.tables());
      }
      try (LocalGateway gateway = start(Listening.onLocalhost(0), new Place.Folder(restored))) {
        String token =
            post(http, URI.create(gateway.restUrl() + "/auth/login"), "", credentials(ben.email()))
                .path("access_token")
                .asText();
        HttpResponse<String> pending =
            http.send(
                HttpRequest.newBuilder(URI.create(gateway.restUrl() + "/relay/pending"))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                BodyHandlers.ofString());
        assertThat(JSON.readTree(pending.body()).path("messages")).hasSize(1);
      }
    }
  }

  @Test
  void clientsAreToldThePublicUrl() throws Exception {
    var listening =
        new Listening(
            ListenAddress.localhost(),
            0,
            Optional.empty(),
            TrustedProxies.parse("127.0.0.1"),
            Optional.of(PublicUrl.parse("https://chat.example.org")),
            Optional.empty());
    try (LocalGateway gateway = start(listening, new Place.Memory())) {
      assertThat(gateway.instance().restUrl()).hasToString("https://chat.example.org/api/v1");
      assertThat(gateway.instance().socketUrl()).hasToString("wss://chat.example.org/ws");
      assertThat(gateway.metricsUrl()).isEmpty();
    }
  }

  @Test
  void aCertificateThatIsMissingIsOneSentence() {
    var files = new CertificateFiles(temporary.resolve("c"), temporary.resolve("k"));

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> start(overTls(files), new Place.Memory()).close())
        .withMessage("There is no certificate %s.", temporary.resolve("c"));
  }

  @Test
  void aPortForMetricsThatIsTakenIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var listening =
          new Listening(
              ListenAddress.localhost(),
              0,
              Optional.empty(),
              TrustedProxies.NONE,
              Optional.empty(),
              Optional.of(
                  new Listening.MetricsPort(ListenAddress.localhost(), taken.getLocalPort())));

      assertThatExceptionOfType(StartFailure.class)
          .isThrownBy(() -> start(listening, new Place.Memory()).close())
          .withMessage(
              "Port %d is in use or not allowed: stop what uses it, or choose another with"
                  + " --metrics-port.",
              taken.getLocalPort());
    }
  }

  @Test
  void anotherMachinesAddressIsOneSentence() throws Exception {
    var listening =
        new Listening(
            ListenAddress.of("192.0.2.1"),
            0,
            Optional.empty(),
            TrustedProxies.NONE,
            Optional.empty(),
            Optional.empty());

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> start(listening, new Place.Memory()).close())
        .withMessage("192.0.2.1 is no address of this machine: choose another with --host.");
  }

  /** What a socket brings, and how it ends. */
  private static final class Heard implements WebSocket.Listener {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder frame = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      frame.append(data);
      if (last) {
        heard.add(frame.toString());
        frame.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("closed with " + code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      heard.add("failed: " + failure);
    }

    String next() throws InterruptedException {
      String next = heard.poll(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("Nothing came");
      }
      return next;
    }
  }
}
