package io.quantchat.infra.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quantchat.infra.local.RunnerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoTest {

  private static final Look PLAIN = new Look(false, false);

  private static RunnerProcess runner;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    runner = RunnerProcess.inMemory(List.of());
  }

  @AfterAll
  static void stop() {
    runner.close();
  }

  @Test
  void everyStepComesOutAsItShouldBothWays() {
    int exit = demo("--url", runner.instance().restUrl().toString());

    assertThat(exit).as(output()).isZero();
    assertThat(output())
        .contains("encrypted:Hello!", "user_online", "message_read", "new_message", "user_offline")
        .contains("steps came out as they should")
        .doesNotContain("eyJ");
  }

  @Test
  void theTablesRowsAreShownWhileAMessageWaits() {
    int exit = new Demo(stream(), PLAIN).play(runner.instance(), "here");

    assertThat(exit).as(output()).isZero();
    assertThat(output()).containsPattern("\\| message_id +S  [0-9a-f]{8}-").contains("expires_at");
  }

  @Test
  void aStepThatDiffersSaysWhatWasExpectedAndWhatCame() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"detail\":\"Not today\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(503, body.length);
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
        .containsPattern("expected +status 201")
        .containsPattern("came +status 503: Not today");
  }

  @Test
  void nobodyThereIsSaid() {
    assertThat(demo("--url", "http://127.0.0.1:1/api/v1")).isEqualTo(1);
    assertThat(output()).contains("nothing listens at 127.0.0.1:1");
  }

  @Test
  void argumentsThatCantBeReadShowHowToWriteThem() {
    assertThat(demo("--url")).isEqualTo(2);
    assertThat(output()).contains("--url needs a URL").contains("Usage: ./quantchat demo");
  }

  private int demo(String... arguments) {
    return new Demo(stream(), PLAIN).run(List.of(arguments));
  }

  private PrintStream stream() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
