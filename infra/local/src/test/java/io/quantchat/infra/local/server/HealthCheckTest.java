package io.quantchat.infra.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

  private final AtomicLong time = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile Runnable database = () -> {};
  private final HealthCheck health =
      new HealthCheck(
          () -> {
            reads.incrementAndGet();
            database.run();
          },
          time::get);
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer(ListeningPort.take(0));
    server.start(List.of(health), lines::add);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
  }

  private HttpResponse<String> ask(String method) throws Exception {
    URI uri = URI.create("http://localhost:" + server.port() + "/healthz");
    return http.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private void assertUnavailable(String reason) throws Exception {
    HttpResponse<String> answer = ask("GET");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("{\"status\":\"unavailable\",\"reason\":\"%s\"}", reason);
  }

  @Test
  void itIsWellWhileTheDatabaseAnswers() throws Exception {
    HttpResponse<String> answer = ask("GET");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(ask("HEAD").statusCode()).isEqualTo(200);
    assertThat(ask("POST").statusCode()).isEqualTo(405);
  }

  @Test
  void whyTheDatabaseDoesNotAnswerIsNotTold() throws Exception {
    database =
        () -> {
          throw new IllegalStateException("secret");
        };

    assertUnavailable("database");
  }

  @Test
  void aDatabaseThatHangsIsNotWaitedForAndNotAskedAgainMeanwhile() throws Exception {
    var hangs = new CountDownLatch(1);
    database = () -> await(hangs);

    assertUnavailable("database");
    time.addAndGet(Duration.ofMinutes(1).toNanos());
    assertUnavailable("database");

    assertThat(reads).hasValue(1);
    hangs.countDown();
  }

  @Test
  void itReadsOnceASecondHoweverOftenItIsAsked() throws Exception {
    ask("GET");
    ask("GET");
    assertThat(reads).hasValue(1);

    time.addAndGet(Duration.ofSeconds(1).toNanos());
    ask("GET");

    assertThat(reads).hasValue(2);
  }

  @Test
  void itIsNotWellWhileItStops() throws Exception {
    health.stopping();

    assertUnavailable("stopping");
  }

  @Test
  void aGoodAnswerIsNotLoggedAndABadOneIs() throws Exception {
    ask("GET");
    health.stopping();
    ask("GET");

    assertThat(lines.take()).matches("GET /healthz 503 [0-9]+ ms");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
