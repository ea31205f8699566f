package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatientCallsTest {

  private static final Duration LONGEST = Duration.ofHours(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicLong now = new AtomicLong();
  private HttpServer relay;

  @BeforeEach
  void start() throws IOException {
    relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    relay.createContext("/", this::answer);
    relay.start();
  }

  @AfterEach
  void stop() {
    relay.stop(0);
    http.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      now.addAndGet(Duration.ofMinutes(20).toNanos());
      byte[] answer = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(statuses.remove(), answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private PatientCalls.Answer contacts() throws Exception {
    URI base =
        URI.create(
            "http://%s:%d/api/v1"
                .formatted(relay.getAddress().getHostString(), relay.getAddress().getPort()));
    return new PatientCalls(http, base, Duration.ZERO, LONGEST, now::get)
        .call("POST", "/contacts", "", JsonNodeFactory.instance.textNode("ben"), 201, 409);
  }

  @Test
  void theSameIsAskedAgainUntilTheRelayCanAnswer() throws Exception {
    statuses.addAll(List.of(503, 503, 201));

    PatientCalls.Answer answer = contacts();

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("ok").asBoolean()).isTrue();
    assertThat(requests).hasSize(3).containsOnly("POST /api/v1/contacts \"ben\"");
  }

  @Test
  void anyAnswerThatTheCallerCanGoOnWithEndsIt() throws Exception {
    statuses.addAll(List.of(503, 409));

    assertThat(contacts().status()).isEqualTo(409);
  }

  @Test
  void aRefusalIsNotAskedForAgain() {
    statuses.addAll(List.of(422, 201));

    assertThatIOException()
        .isThrownBy(this::contacts)
        .withMessage("POST /contacts answered 422: {\"ok\":true}");
    assertThat(statuses).containsExactly(201);
  }

  @Test
  void whatIsUnavailableForTooLongIsGivenUp() {
    statuses.addAll(List.of(503, 503, 503, 201));

    assertThatIOException()
        .isThrownBy(this::contacts)
        .withMessage("POST /contacts answered 503: {\"ok\":true}");
    assertThat(statuses).containsExactly(201);
  }
}
