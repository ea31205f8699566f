package io.quantchat.infra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quantchat.infra.local.OwnBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {

  private static final Look WIDE = new Look(false, false, 120);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void peopleSeeWhatTheyWroteAndTheServerDoesNot() {
    int exit;
    try (OwnBackend own = OwnBackend.start()) {
      exit = new Demo(stream(), WIDE).play(own, "here");
    }

    assertThat(exit).as(output()).isZero();
    assertThat(output())
        .contains("steps came out as they should", "v2, ML-KEM-768-AES256-GCM, HKDF-SHA3-256")
        .contains("mode spk+opk+kem", "refused, and not shown", "The same on both screens")
        .containsPattern("one-time prekeys: \\d+ -> \\d+")
        .doesNotContain("eyJ");
    assertThat(column(0))
        .contains("\"Meet me at the mill,", "Ben  the-old-mill-", "where it was taken stays here");
    assertThat(column(1))
        .contains("3,309 bytes, ML-DSA-65", "1,088 bytes, ML-KEM-768", "rows of 16 tables")
        .containsPattern("file +[0-9,]+ bytes(  [0-9a-f ]+)")
        .contains("1 object: ", "Nor the picture's name", "404 from now on", "0 objects left")
        .doesNotContain(
            "the mill", "the map", "Change of plan", "Don't forget", "the-old-mill", exactSize())
        .doesNotContainPattern("\\d{4}-\\d{4}[^-]");
  }

  @Test
  void onAnotherInstanceNobodyLooksIntoTheTablesAndThatIsSaid() {
    int exit;
    try (OwnBackend other = OwnBackend.start()) {
      exit = demo("--url", other.restUrl().toString());
    }

    assertThat(exit).as(output()).isZero();
    assertThat(output())
        .contains("steps came out as they should", "The same on both screens")
        .contains("The server's tables can't be reached from here")
        .contains("Who runs the server looks for all of it")
        .contains("Nor the picture's name", "404 from now on")
        .doesNotContain("rows of", "objects left", "Somebody changes a message on the server");
  }

  @Test
  void aStepThatDiffersSaysWhatWasExpectedAndWhatCame() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"detail\":\"Not today\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    other.start();
    int exit;
    try {
      exit = demo("--url", "http://127.0.0.1:" + other.getAddress().getPort() + "/api/v1");
    } finally {
      other.stop(0);
    }

    assertThat(exit).isEqualTo(1);
    assertThat(output())
        .containsPattern("expected +a success")
        .containsPattern("came +status 403: Not today");
  }

  @Test
  void nobodyThereIsSaid() {
    assertThat(demo("--url", "http://127.0.0.1:1/api/v1")).isEqualTo(1);
    assertThat(output()).contains("expected  an answer of 127.0.0.1:1");
  }

  @Test
  void argumentsThatCantBeReadShowHowToWriteThem() {
    assertThat(demo("--url")).isEqualTo(2);
    assertThat(output()).startsWith("--url needs a value.").contains("Usage: ./quantchat demo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "nowhere", "http://", "http://a b"})
  void aUrlMustBeWhole(String url) {
    assertThat(demo("--url", url)).isEqualTo(2);
    assertThat(output()).startsWith("--url needs a whole URL, with http:// or ws://.");
  }

  @Test
  void helpListsEveryOption() {
    assertThat(demo("--help")).isZero();
    assertThat(output()).contains("--url REST_URL", "--socket-url SOCKET_URL");
  }

  /** Of the picture, as its sender sees it. */
  private String exactSize() {
    Matcher size = Pattern.compile("([0-9,]+ bytes); where it was taken").matcher(column(0));
    assertThat(size.find()).isTrue();
    return size.group(1);
  }

  private String column(int which) {
    var column = new StringBuilder();
    output()
        .lines()
        .map(line -> line.split(" \\| ?", -1))
        .filter(cells -> cells.length == 2)
        .forEach(cells -> column.append(cells[which]).append('\n'));
    return column.toString();
  }

  private int demo(String... arguments) {
    return new Demo(stream(), WIDE).run(List.of(arguments));
  }

  private PrintStream stream() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
