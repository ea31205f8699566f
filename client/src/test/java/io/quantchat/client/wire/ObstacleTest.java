package io.quantchat.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quantchat.client.model.ServerUnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said where a server doesn't answer: real connections, that don't come about. */
class ObstacleTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Socket.Events NOBODY =
      new Socket.Events() {

        @Override
        public void frame(Frame frame) {
          throw new AssertionError("Nothing comes");
        }

        @Override
        public void closed() {
          // It never was open.
        }
      };

  private static String words(String url, Duration longest) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var rest = new RestClient(URI.create(url), http, longest, new ServerTime(System::nanoTime));
      return catchThrowableOfType(
              ServerUnreachableException.class,
              () -> rest.call("POST", "/x?ticket=secret", Optional.empty(), Map.of()))
          .getMessage();
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @Test
  void aNameThatIsNotKnown() {
    assertThat(words("https://nowhere.invalid/api", LONG))
        .contains("nowhere.invalid:443", "DNS")
        .doesNotContain("secret", "Exception");
  }

  @Test
  void aPortThatNobodyListensOn() throws IOException {
    int port;
    try (ServerSocket gone = listening()) {
      port = gone.getLocalPort();
    }

    assertThat(words("http://localhost:" + port, LONG))
        .contains("localhost:" + port, "refused")
        .doesNotContain("secret", "Exception");
  }

  @Test
  void oneThatDoesNotAnswer() throws IOException {
    try (ServerSocket silent = listening()) {
      assertThat(words("http://localhost:" + silent.getLocalPort(), Duration.ofMillis(200)))
          .contains("localhost:" + silent.getLocalPort(), "timeout")
          .doesNotContain("secret", "Exception");
    }
  }

  @Test
  void oneThatSpeaksNoTls() throws IOException {
    try (ServerSocket plain = listening()) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (java.net.Socket call = plain.accept()) {
                  call.getOutputStream()
                      .write("HTTP/1.1 400 x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  call.getInputStream().readAllBytes();
                } catch (IOException ended) {
                  // So it was.
                }
              });

      assertThat(words("https://localhost:" + plain.getLocalPort(), LONG))
          .contains("localhost:" + plain.getLocalPort(), "TLS")
          .doesNotContain("secret", "Exception");
    }
  }

  @Test
  void oneThatHangsUp() throws IOException {
    try (ServerSocket rude = listening()) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!rude.isClosed()) {
                  try (java.net.Socket call = rude.accept()) {
                    int _ = call.getInputStream().read();
                  } catch (IOException ended) {
                    // The next one.
                  }
                }
              });

      assertThat(words("http://localhost:" + rude.getLocalPort(), LONG))
          .contains("localhost:" + rude.getLocalPort())
          .containsAnyOf("ended without an answer", "was cut")
          .doesNotContain("secret", "Exception");
    }
  }

  @Test
  void aSocketNeverTellsItsTicket() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      ServerUnreachableException failure =
          catchThrowableOfType(
              ServerUnreachableException.class,
              () ->
                  Socket.open(
                      http, URI.create("wss://nowhere.invalid/ws"), "secret", LONG, NOBODY));

      assertThat(failure).hasMessageContaining("nowhere.invalid:443").hasMessageContaining("DNS");
      assertThat(failure.toString()).doesNotContain("secret");
      assertThat(failure.getCause()).isNull();
    }
  }
}
