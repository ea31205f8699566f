package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.server.ListenAddress;
import io.quantchat.infra.local.server.TrustedProxies;
import io.quantchat.infra.local.tls.TestCertificate;
import io.quantchat.infra.local.web.BuiltFolder;
import io.quantchat.infra.local.web.ClientPlace;
import io.quantchat.infra.stack.Tables;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser client beside the APIs, on their port. */
class ClientServedTest {

  private static final Path TEMPLATE = Path.of(System.getProperty("quantchat.template"));

  @TempDir private Path temporary;

  private final List<String> log = new CopyOnWriteArrayList<>();

  private LocalGateway start(Listening listening, Path built) throws StartFailure {
    return LocalGateway.start(
        new Options(
            listening,
            new Place.Memory(),
            Optional.of(new ClientPlace(built, TEMPLATE.resolveSibling("infra/web-headers.json"))),
            TEMPLATE,
            Map.of(),
            Tables.Reaping.AS_DECLARED,
            log::add));
  }

  private static HttpResponse<String> ask(HttpClient http, String method, URI uri)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  @Test
  void noFileOfTheClientStandsBeforeAnApi() throws Exception {
    Path built = temporary.resolve("dist");
    for (String name :
        new String[] {"healthz", "ws", "local", "api/v1/users/me", "api/v1/index.html"}) {
      Files.createDirectories(built.resolve(name).getParent());
      Files.writeString(built.resolve(name), "a file of the client");
    }
    Files.writeString(built.resolve("index.html"), "start");
    Files.writeString(
        built.resolve("build.json"),
        // By sha256sum.
        "{\"build\":\"cb06463229d4ab3d2eb06dfb6f29553b29f878ab0a133148ce84f42715d9b7b2\"}");
    try (LocalGateway gateway = start(Listening.onLocalhost(0), built);
        HttpClient http = HttpClient.newHttpClient()) {
      URI root = gateway.clientUrl().resolve("/");

      assertThat(ask(http, "GET", root).body()).as(log.toString()).isEqualTo("start");
      assertThat(ask(http, "GET", root.resolve("/healthz")).body())
          .isEqualTo("{\"status\":\"ok\"}");
      HttpResponse<String> unnamed = ask(http, "GET", root.resolve("/api/v1/users/me"));
      assertThat(unnamed.statusCode()).isEqualTo(401);
      assertThat(unnamed.headers().firstValue("x-amzn-RequestId")).isPresent();
      assertThat(unnamed.headers().firstValue("Content-Security-Policy")).isEmpty();
      assertThat(ask(http, "GET", root.resolve("/api/v1/index.html")).body())
          .doesNotContain("client");
      assertThat(ask(http, "GET", root.resolve("/ws")).statusCode()).isEqualTo(426);
      assertThat(ask(http, "POST", root).statusCode()).isEqualTo(403);
      assertThat(ask(http, "GET", root.resolve("/metrics")).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void overTlsItIsTheSame() throws Exception {
    TestCertificate certificate = TestCertificate.in(temporary, "localhost");
    Listening overTls =
        new Listening(
            ListenAddress.localhost(),
            0,
            Optional.of(certificate.files()),
            TrustedProxies.NONE,
            Optional.empty(),
            Optional.empty());
    try (LocalGateway gateway = start(overTls, BuiltFolder.in(temporary.resolve("dist")));
        HttpClient http =
            HttpClient.newBuilder().sslContext(TestCertificate.trusting(certificate)).build()) {
      HttpResponse<String> page = ask(http, "GET", gateway.clientUrl().resolve("/"));

      assertThat(gateway.clientUrl()).hasScheme("https");
      assertThat(page.body()).as(log.toString()).isEqualTo("<p>Hello</p>\n");
      assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
      assertThat(ask(http, "GET", gateway.clientUrl().resolve(BuiltFolder.SCRIPT)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void halfABuildIsSaidAndTheRestRuns() throws Exception {
    Path built = BuiltFolder.in(temporary.resolve("dist"));
    Files.delete(built.resolve("build.json"));
    try (LocalGateway gateway = start(Listening.onLocalhost(0), built);
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(log).singleElement().asString().contains("isn't all that was built");
      assertThat(gateway.clientHash()).isEmpty();
      assertThat(ask(http, "GET", gateway.clientUrl().resolve("/")).body())
          .contains("The browser client is not built here");
      assertThat(ask(http, "GET", gateway.clientUrl().resolve("/healthz")).statusCode())
          .isEqualTo(200);
    }
  }
}
