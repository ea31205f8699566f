package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.web.BuiltFolder;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what it says and how it ends. */
class RunnerTest {

  private static final Path TEMPLATE = Path.of(System.getProperty("quantchat.template"));

  @TempDir Path temporary;

  private record Ended(int code, String said) {}

  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dquantchat.home=" + temporary,
            "-Dquantchat.running=" + temporary.resolve("running.json"),
            "-D" + RunnerProcess.TIED_PROPERTY + "=true",
            "-cp",
            System.getProperty("java.class.path"),
            Runner.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AWS_ACCESS_KEY_ID", "any");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "any");
    return builder.start();
  }

  private Ended run(String... arguments) throws Exception {
    Process process = start(arguments);
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), said);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortInUseIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended =
          run(
              "--ephemeral",
              "--template",
              TEMPLATE.toString(),
              "--port",
              Integer.toString(taken.getLocalPort()));

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.said())
          .isEqualTo(
              "Port %d is in use or not allowed: stop what uses it, or choose another with --port.%n"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void aDataFolderOfDynamodbLocalIsOneSentence() throws Exception {
    Path database = temporary.resolve(".quantchat/data/dynamodb/shared-local-instance.db");
    Files.createDirectories(database.getParent());
    Files.writeString(database, "SQLite format 3");

    Ended ended = run("--port", "0", "--template", TEMPLATE.toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said())
        .contains("DynamoDB Local", "--database http://localhost:8000", "--data")
        .hasLineCount(1);
    assertThat(database).hasContent("SQLite format 3");
  }

  @Test
  void aDatabaseThatIsNotThereIsOneSentence() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    Ended ended =
        run(
            "--port",
            "0",
            "--template",
            TEMPLATE.toString(),
            "--database",
            "http://localhost:" + port);

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said())
        .isEqualTo(
            "The database at http://localhost:%d can't be reached: start it, or give another URL.%n"
                .formatted(port));
  }

  @Test
  void anUnknownOptionShowsTheUsage() throws Exception {
    Ended ended = run("--prot", "1");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).startsWith("There is no option --prot.").contains("Usage:");
  }

  @Test
  void itTellsWhenItIsReadyAnswersAndStopsWhenToldTo() throws Exception {
    Process process = start("--port", "0", "--template", TEMPLATE.toString());
    try (BufferedReader said = process.inputReader()) {
      String ready = said.readLine();
      assertThat(ready)
          .matches(
              "QuantChat is ready: REST http://localhost:([0-9]+)/api/v1, socket"
                  + " ws://localhost:\\1/ws");
      URI rest = URI.create(ready.replaceFirst(".*REST ([^,]+),.*", "$1"));
      assertThat(statusOf(URI.create(rest + "/users/me"))).isEqualTo(401);
      assertThat(said.readLine()).matches("GET /api/v1/users/me 401 [0-9]+ ms");
      assertThat(statusOf(URI.create(rest + "/nowhere"))).isEqualTo(403);
      assertThat(said.readLine()).matches("GET /api/v1/nowhere 403 [0-9]+ ms");
      openSocketWithBadToken(URI.create(ready.replaceFirst(".*socket ", "") + "?token=secret"));
      assertThat(said.readLine()).matches("GET /ws 401 [0-9]+ ms");
      assertThat(temporary.resolve(".quantchat/data/tables")).isNotEmptyDirectory();
      assertThat(ListeningPorts.of(process.pid())).isSubsetOf(rest.getPort());

      process.toHandle().destroy();

      assertThat(process.waitFor()).isEqualTo(143);
      assertThat(said.readLine()).isNull();
      assertThat(temporary.resolve("running.json")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatABrowserOpensIsSaidFirst() throws Exception {
    BuiltFolder.in(temporary.resolve("web/target/dist"));
    Files.createDirectories(temporary.resolve("infra"));
    Files.copy(
        TEMPLATE.resolveSibling("infra/web-headers.json"),
        temporary.resolve("infra/web-headers.json"));
    Process process = start("--ephemeral", "--port", "0", "--template", TEMPLATE.toString());
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine())
          .matches(
              "Open http://localhost:[0-9]+ in a browser \\(build %s\\)"
                  .formatted(BuiltFolder.HASH.substring(0, 16)));
      assertThat(said.readLine()).startsWith("QuantChat is ready: REST http://localhost:");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatHangsDoesNotHoldUpItsEnd() {
    assertThat(Runner.LONGEST_STOP).isLessThan(Duration.ofSeconds(3));
    CountDownLatch never = new CountDownLatch(1);

    Runner.within(Duration.ofMillis(50), () -> await(never));

    assertThat(never.getCount()).isEqualTo(1);
  }

  @Test
  void itEndsWithTheProcessThatStartedIt() throws Exception {
    Process process = start("--ephemeral", "--port", "0", "--template", TEMPLATE.toString());
    try {
      // What the death of a parent, however it comes, does to its end of the pipe.
      process.getOutputStream().close();

      assertThat(process.waitFor()).isEqualTo(RunnerProcess.HUNG_UP);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void openSocketWithBadToken(URI uri) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {}))
          .failsWithin(Patience.LONGEST);
    }
  }

  private static int statusOf(URI uri) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
