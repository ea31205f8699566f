package io.quantchat.infra.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.server.GatewayServer;
import io.quantchat.infra.local.server.ListeningPort;
import io.quantchat.infra.local.server.UnmappedPath;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser client on a port, with the project's own headers. */
class ClientHandlerTest {

  private static final Path HEADERS =
      Path.of(System.getProperty("quantchat.template")).resolveSibling("infra/web-headers.json");

  /** The policy of the client's design, in its words. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src"
          + " 'self'; worker-src 'self'; img-src 'self' blob: data:; media-src blob:; manifest-src"
          + " 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none';"
          + " require-trusted-types-for 'script'; trusted-types quantchat";

  private static final String LONG_TEXT = "export const text = 'a';\n".repeat(1_000);

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    Path built = BuiltFolder.in(folder.resolve("dist"));
    serve(built, "http://localhost/api/v1");
  }

  private void serve(Path built, String restUrl) throws Exception {
    stop();
    StartingClient client =
        StartingClient.begin(
            Optional.of(new ClientPlace(built, HEADERS)),
            complaint -> {
              throw new AssertionError(complaint);
            });
    server = new GatewayServer(ListeningPort.take(0));
    server.start(
        List.of(
            client.handler(URI.create(restUrl), URI.create("ws://localhost/ws")),
            new UnmappedPath(Clock.systemUTC(), new Random())),
        line -> {});
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void everyFileComesWithTheHeadersThatProtectIt() throws Exception {
    for (String path : new String[] {"/", "/index.html", BuiltFolder.SCRIPT, "/build.json"}) {
      HttpResponse<String> answer = ask("GET", path);

      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(header(answer, "Content-Security-Policy")).isEqualTo(POLICY);
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(header(answer, "Permissions-Policy")).contains("camera=(self)", "microphone=()");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }
  }

  @Test
  void onlyWhatHasItsHashInItsNameIsKept() throws Exception {
    assertThat(header(ask("GET", BuiltFolder.SCRIPT), "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(ask("GET", "/"), "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(ask("GET", "/build.json"), "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void eachFileHasItsType() throws Exception {
    Path built = folder.resolve("dist");
    assertThat(header(ask("GET", "/"), "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(ask("GET", BuiltFolder.SCRIPT), "Content-Type"))
        .isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(ask("GET", "/assets/_b.css"), "Content-Type"))
        .isEqualTo("text/css; charset=utf-8");
    assertThat(header(ask("GET", "/build.json"), "Content-Type")).isEqualTo("application/json");
    assertThat(MediaType.of("a.webmanifest").header()).isEqualTo("application/manifest+json");
    assertThat(MediaType.of("a.wasm").header()).isEqualTo("application/wasm");
    assertThat(MediaType.of("icon.svg").header()).isEqualTo("image/svg+xml");
    assertThat(MediaType.of(built.toString()).header()).isEqualTo("application/octet-stream");
  }

  @Test
  void whatABrowserHasIsNotSentAgain() throws Exception {
    HttpResponse<String> first = ask("GET", "/");
    String tag = header(first, "ETag");
    assertThat(tag).matches("\"[0-9a-f]{32}\"");

    for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      HttpResponse<String> again = ask("GET", "/", "If-None-Match", known);

      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "ETag")).isEqualTo(tag);
      assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
    }
    assertThat(ask("GET", "/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    assertThat(ask("GET", BuiltFolder.SCRIPT, "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void headSaysTheSameWithoutTheContent() throws Exception {
    HttpResponse<String> got = ask("GET", "/");
    HttpResponse<String> head = ask("HEAD", "/");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : new String[] {"Content-Length", "Content-Type", "ETag", "Cache-Control"}) {
      assertThat(header(head, name)).as(name).isNotEmpty().isEqualTo(header(got, name));
    }
  }

  @Test
  void whoTakesGzipHasItWhereItIsSmaller() throws Exception {
    Path built = folder.resolve("larger");
    BuiltFolder.write(built, "index.html", LONG_TEXT);
    // By sha256sum, as the hash of the other.
    BuiltFolder.write(
        built,
        "build.json",
        "{\"build\":\"0595b9ae541319ee6f427f7023b9b678c53f390094c029688dc1e706c70397a4\"}");
    serve(built, "http://localhost/api/v1");
    URI uri = URI.create("http://localhost:" + server.port() + "/");
    HttpResponse<byte[]> small =
        http.send(
            HttpRequest.newBuilder(uri).header("Accept-Encoding", "br, gzip").build(),
            BodyHandlers.ofByteArray());

    assertThat(header(small, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(small, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(small.body()).hasSizeLessThan(LONG_TEXT.length() / 10);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
        .isEqualTo(LONG_TEXT.getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> plain = ask("GET", "/", "Accept-Encoding", "gzip;q=0, identity");
    assertThat(plain.body()).isEqualTo(LONG_TEXT);
    assertThat(header(plain, "Content-Encoding")).isEmpty();
    assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(plain, "ETag")).isNotEqualTo(header(small, "ETag"));
    assertThat(
            ask("GET", "/", "Accept-Encoding", "gzip", "If-None-Match", header(small, "ETag"))
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void whatIsTooSmallForGzipComesAsItIs() throws Exception {
    HttpResponse<String> answer = ask("GET", "/", "Accept-Encoding", "gzip");

    assertThat(header(answer, "Content-Encoding")).isEmpty();
    assertThat(answer.body()).isEqualTo("<p>Hello</p>\n");
  }

  @Test
  void aPathThatIsNoFilesAndAnotherMethodAreAnsweredAsAnywhereElse() throws Exception {
    for (String path :
        new String[] {
          "/nowhere",
          "/assets/gone-9f.js",
          "/assets/",
          "/assets/../index.html",
          "/..%2fpom.xml",
          "/assets%2fmain-1a2b.js",
          "//index.html",
          "/index.html;a=b"
        }) {
      HttpResponse<String> answer = ask("GET", path);

      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).isEqualTo("{\"message\":\"Forbidden\"}");
      assertThat(header(answer, "Content-Security-Policy")).isEmpty();
    }
    assertThat(ask("GET", "/%2e%2e/pom.xml").statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/../pom.xml").statusCode()).isEqualTo(400);
    assertThat(ask("POST", "/").statusCode()).isEqualTo(403);
    assertThat(ask("OPTIONS", "/index.html").statusCode()).isEqualTo(403);
  }

  @Test
  void aQueryChangesNothing() throws Exception {
    assertThat(ask("GET", "/?source=pwa").body()).isEqualTo("<p>Hello</p>\n");
  }

  @Test
  void overTlsBrowsersAreToldToComeBackThatWayAlone() throws Exception {
    serve(folder.resolve("dist"), "https://chat.example.org/api/v1");
    assertThat(header(ask("GET", "/"), "Strict-Transport-Security")).isEqualTo("max-age=31536000");

    serve(folder.resolve("dist"), "https://localhost:8443/api/v1");
    assertThat(header(ask("GET", "/"), "Strict-Transport-Security")).isEmpty();
  }

  @Test
  void whereNothingWasBuiltAPageSaysWhatToInstall() throws Exception {
    serve(folder.resolve("nowhere"), "http://localhost/api/v1");
    HttpResponse<String> page = ask("GET", "/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Content-Security-Policy")).isEqualTo(POLICY);
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    assertThat(page.body())
        .contains("install Node 20.19 or newer", "Everything else runs.")
        .contains("http://localhost/api/v1", "ws://localhost/ws");
    assertThat(ask("GET", "/index.html").statusCode()).isEqualTo(403);
  }
}
