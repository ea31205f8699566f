package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the program ends when it is told to while it works. */
class StopTest {

  private static final Path TEMPLATE = Path.of(System.getProperty("quantchat.template"));

  /** As long as its last two bytes don't come, the request runs. */
  private static final String BEGUN_REQUEST =
      "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n";

  @TempDir private Path temporary;

  private Process process;
  private int port;
  private Socket busy;

  @BeforeEach
  void start() throws Exception {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dquantchat.home=" + temporary,
                "-Dquantchat.running=" + temporary.resolve("running.json"),
                "-D" + RunnerProcess.TIED_PROPERTY + "=true",
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName(),
                "--port",
                "0",
                "--ephemeral",
                "--template",
                TEMPLATE.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader();
    String ready = said.readLine();
    assertThat(ready).startsWith("QuantChat is ready");
    port = URI.create(ready.replaceFirst(".*REST ([^,]+),.*", "$1")).getPort();
    busy = new Socket(InetAddress.getLoopbackAddress(), port);
    busy.setSoTimeout((int) Patience.LONGEST.toMillis());
    busy.getOutputStream().write(BEGUN_REQUEST.getBytes(StandardCharsets.UTF_8));
    // Once another request was answered, the server has read this one's head.
    awaitAnswered();
  }

  @AfterEach
  void end() throws IOException {
    busy.close();
    process.destroyForcibly();
  }

  private void awaitAnswered() throws IOException {
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
      other
          .getOutputStream()
          .write(
              "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200");
    }
  }

  /** A connection that the system still took into its queue is reset, not answered. */
  private void awaitNothingTaken() throws InterruptedException {
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(process.isAlive()).isTrue();
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (IOException refused) {
        return;
      }
    }
  }

  @Test
  void aRequestThatRunsIsAnsweredBeforeTheEnd() throws Exception {
    process.toHandle().destroy();
    awaitNothingTaken();

    busy.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));

    InputStream in = busy.getInputStream();
    assertThat(new String(in.readNBytes(12), StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 422");
    assertThat(process.waitFor()).isEqualTo(128 + StopSignals.SIGTERM);
    assertThat(temporary.resolve("running.json")).doesNotExist();
  }

  @Test
  void aFileOfAnothersThatTellsOfAnInstanceKeepsNothingFromEndingInOrder() throws Exception {
    Path told = temporary.resolve("running.json");
    Files.delete(told);
    Files.createDirectory(told);

    process.toHandle().destroy();
    awaitNothingTaken();
    busy.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));

    InputStream in = busy.getInputStream();
    assertThat(new String(in.readNBytes(12), StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 422");
    assertThat(process.waitFor()).isEqualTo(128 + StopSignals.SIGTERM);
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    process.toHandle().destroy();
    awaitNothingTaken();
    assertThat(process.isAlive()).as("waits for the request that runs").isTrue();

    signal("TERM");

    assertThat(process.waitFor()).isEqualTo(128 + StopSignals.SIGTERM);
    // Whoever isn't waited for gets no answer.
    assertThat(endOf(busy)).isEmpty();
  }

  private void signal(String name) throws Exception {
    assertThat(
            new ProcessBuilder(List.of("kill", "-" + name, Long.toString(process.pid())))
                .start()
                .waitFor())
        .isZero();
  }

  private static byte[] endOf(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (IOException reset) {
      return new byte[0];
    }
  }
}
