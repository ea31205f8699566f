package io.quantchat.infra.local.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quantchat.infra.local.lambda.Invocation;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageRoutesTest {

  private RunningGateway running;
  private TestSocket socket;

  @BeforeEach
  void start() throws Exception {
    running = new RunningGateway();
    socket = running.connect();
  }

  @AfterEach
  void stop() throws Exception {
    socket.close();
    running.close();
  }

  @Test
  void theTypeInTheBodyChoosesTheFunction() throws Exception {
    socket.send("{\"payload\": {\"type\": \"other\"}, \"type\": \"typing\"}");
    assertThat(running.functions.event("typing").at("/requestContext/routeKey").asText())
        .isEqualTo("typing");

    socket.send("{\"type\": 7}");
    assertThat(running.functions.event("seven").at("/requestContext/routeKey").asText())
        .isEqualTo("7");
  }

  @Test
  void whatHasNoRouteOfItsOwnGoesToDefault() throws Exception {
    for (String body :
        List.of(
            "{\"type\": \"unknown\"}",
            "{\"type\": \"Typing\"}",
            "{\"type\": null}",
            "{\"type\": [\"typing\"]}",
            "{\"kind\": \"typing\"}",
            "[{\"type\": \"typing\"}]",
            "\"typing\"",
            "not json",
            "{\"type\": \"typing\"",
            "{\"type\": \"typing\"} trailing",
            "{\"type\": \"$connect\"}",
            "{\"type\": \"$disconnect\"}",
            "{\"type\": \"$default\"}",
            "[".repeat(2_000),
            "")) {
      socket.send(body);

      var event = running.functions.event("default");
      assertThat(event.path("body").asText()).isEqualTo(body);
      assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("$default");
      assertThat(event.at("/requestContext/eventType").asText()).isEqualTo("MESSAGE");
      assertThat(socket.receive().text()).isEmpty();
    }
    assertThat(running.functions.pending("typing")).isZero();
    assertThat(running.functions.pending("connect")).isZero();
    assertThat(running.functions.pending("disconnect")).isZero();
  }

  @Test
  void withoutDefaultTheSenderIsToldForbiddenAndStaysConnected() throws Exception {
    try (RunningGateway strict =
            new RunningGateway(RunningGateway.without(RunningGateway.api(), "$default"));
        TestSocket client = strict.connect()) {
      client.send("{\"type\": \"unknown\"}");

      assertThat(client.receive().text())
          .matches(
              "\\{\"message\": \"Forbidden\", \"connectionId\":\"\\Q"
                  + client.id()
                  + "\\E\", \"requestId\":\"[A-Za-z0-9_-]{15}=\"}");
      assertThatOpen(strict, client);
    }
  }

  @Test
  void aTwoWayRouteSendsTheBodyWhateverTheStatus() throws Exception {
    running.functions.answer("ping", "{\"statusCode\": 500, \"body\": \"pöng\"}");
    socket.send("{\"type\": \"ping\"}");
    assertThat(socket.receive()).satisfies(f -> assertThat(f.text()).isEqualTo("pöng"));

    running.functions.answer("ping", "{\"statusCode\": 200}");
    socket.send("{\"type\": \"ping\"}");
    assertThat(socket.receive().payload()).isEmpty();
  }

  @Test
  void aOneWayRouteSendsNothing() throws Exception {
    running.functions.answer("typing", "{\"statusCode\": 500, \"body\": \"dropped\"}");
    socket.send("{\"type\": \"typing\"}");
    running.functions.next("typing");

    assertThatOpen(running, socket);
  }

  @Test
  void aFailureIsToldToTheSenderOnOneWayRoutesToo() throws Exception {
    running.functions.answer("typing", new Invocation.Failed("boom", "Exception"));
    assertThatAnswerTo("typing", "Internal server error");

    for (String malformed :
        List.of(
            "null", "\"text\"", "{\"statusCode\": 200, \"type\": \"pong\"}", "{\"body\": {}}")) {
      running.functions.answer("typing", malformed);
      assertThatAnswerTo("typing", "Internal server error");
    }

    running.functions.answer("typing", new Invocation.TimedOut());
    assertThatAnswerTo("typing", "Internal server error");

    running.functions.answer(
        "typing",
        _ -> {
          throw new IllegalStateException("the host broke");
        });
    assertThatAnswerTo("typing", "Internal server error");
    assertThatOpen(running, socket);
  }

  @Test
  void aFunctionThatIsTooSlowIsToldAsATimeout() throws Exception {
    running.functions.answer("ping", new Invocation.IntegrationTimedOut());

    assertThatAnswerTo("ping", "Endpoint request timed out");
    assertThatOpen(running, socket);
  }

  @Test
  void messagesOfOneSocketRunConcurrently() throws Exception {
    CountDownLatch bothRunning = new CountDownLatch(2);
    running.functions.answer(
        "ping",
        _ -> {
          bothRunning.countDown();
          await(bothRunning);
          return RecordingFunctions.answered("{\"body\": \"both\"}");
        });

    socket.send("{\"type\": \"ping\"}");
    socket.send("{\"type\": \"ping\"}");

    assertThat(socket.receive().text()).isEqualTo("both");
    assertThat(socket.receive().text()).isEqualTo("both");
  }

  /** That it pauses, and not only until then, {@link OpenSocketTest} has. */
  @Test
  void readingGoesOnOnceFewerMessagesAreInFlight() throws Exception {
    try (RunningGateway narrow =
            new RunningGateway(RunningGateway.api(), SocketLimits.AWS.withMessagesInFlight(2));
        TestSocket client = narrow.connect()) {
      CountDownLatch release = new CountDownLatch(1);
      narrow.functions.answerAfter("typing", release, "{}");
      client.send("{\"type\": \"typing\"}");
      client.send("{\"type\": \"typing\"}");
      client.send("{\"type\": \"ping\"}");
      narrow.functions.next("typing");
      narrow.functions.next("typing");

      assertThat(narrow.functions.pending("ping")).isZero();

      release.countDown();
      assertThat(client.receive().text()).isEmpty();
    }
  }

  @Test
  void aPathIntoTheBodySelectsToo() throws Exception {
    RouteSelector selector = new RouteSelector("$request.body.head.kind");

    assertThat(selector.select("{\"head\": {\"x\": [{}], \"kind\": \"a\"}, \"tail\": 1}"))
        .contains("a");
    assertThat(selector.select("{\"head\": \"kind\"}")).isEmpty();
    assertThat(selector.select("{\"kind\": \"a\"}")).isEmpty();
  }

  @Test
  void anExpressionOfSeveralPartsIsRefusedAtStart() {
    for (String expression :
        List.of("${request.body.a}/${request.body.b}", "$request.body", "$context.routeKey", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RouteSelector(expression))
          .withMessageContaining("'" + expression + "' is not supported");
    }
  }

  @Test
  void theWaitIsTheRoutesButNeverMoreThanTheGateways() throws Exception {
    socket.send("{\"type\": \"typing\"}");

    assertThat(running.functions.next("typing").timeout())
        .isEqualTo(SocketLimits.AWS.integrationTimeout());
    assertThat(SocketLimits.AWS.timeout(java.time.Duration.ofSeconds(3))).hasSeconds(3);
    assertThat(SocketLimits.AWS.timeout(java.time.Duration.ofSeconds(60))).hasSeconds(29);
  }

  private void assertThatAnswerTo(String type, String message) throws Exception {
    socket.send("{\"type\": \"" + type + "\"}");
    String requestId = running.functions.event(type).at("/requestContext/requestId").asText();

    assertThat(socket.receive().text())
        .isEqualTo(
            "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                .formatted(message, socket.id(), requestId));
  }

  private static void assertThatOpen(RunningGateway gateway, TestSocket client) throws Exception {
    gateway.functions.answer("ping", "{\"body\": \"still here\"}");
    client.send("{\"type\": \"ping\"}");
    assertThat(client.receive().text()).isEqualTo("still here");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
