package io.quantchat.infra.local.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.local.lambda.Invocation;
import io.quantchat.infra.stack.SocketApiSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private RunningGateway running;

  @BeforeEach
  void start() throws Exception {
    running = new RunningGateway();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @Test
  void aMissingIdentitySourceIs401AndTheAuthorizerIsNotAsked() throws Exception {
    assertThat(statusOf("/ws")).isEqualTo(401);
    assertThat(statusOf("/ws?token=")).isEqualTo(401);
    assertThat(running.functions.pending("authorizer")).isZero();
  }

  @Test
  void anAuthorizerWithoutIdentitySourcesIsAlwaysAsked() throws Exception {
    try (RunningGateway open =
        new RunningGateway(
            RunningGateway.api(
                Optional.of(new SocketApiSpec.Authorizer("authorizer", List.of())),
                RunningGateway.route("$connect", "connect", false)))) {
      open.functions.answer("authorizer", new Invocation.Failed("Unauthorized", "Exception"));

      try (TestSocket socket = TestSocket.open(open.port(), "/ws", 0)) {
        assertThat(socket.status()).isEqualTo(401);
      }
      assertThat(open.functions.event("authorizer").has("queryStringParameters")).isFalse();
    }
  }

  @Test
  void anAuthorizerThatFailsWithExactlyUnauthorizedMakes401() throws Exception {
    running.functions.answer("authorizer", new Invocation.Failed("Unauthorized", "Exception"));

    assertThat(statusOf("/ws?token=abc")).isEqualTo(401);
    assertThat(running.functions.pending("connect")).isZero();
  }

  @Test
  void anAuthorizerThatFailsOtherwiseMakes500() throws Exception {
    running.functions.answer("authorizer", new Invocation.Failed("unauthorized", "Exception"));
    assertThat(statusOf("/ws?token=abc")).isEqualTo(500);

    running.functions.answer("authorizer", new Invocation.TimedOut());
    assertThat(statusOf("/ws?token=abc")).isEqualTo(500);
  }

  @Test
  void anAnswerThatIsNoPolicyMakes500() throws Exception {
    for (String answer :
        List.of(
            "null",
            "\"yes\"",
            "{}",
            "{\"principalId\": \"u\"}",
            "{\"principalId\": \"u\", \"policyDocument\": {\"Statement\": []}}",
            policy("Maybe", "*", "{}"),
            policy("Allow", "*", "{\"roles\": [\"a\"]}"),
            policy("Allow", "*", "{\"nested\": {\"a\": 1}}"),
            policy("Allow", "*", "{\"big\": \"" + "x".repeat(8 * 1024) + "\"}"))) {
      running.functions.answer("authorizer", answer);

      assertThat(statusOf("/ws?token=abc")).as(answer).isEqualTo(500);
    }
  }

  @Test
  void aDenyOrAnAllowForSomethingElseMakes403() throws Exception {
    running.functions.answer("authorizer", policy("Deny", "*", "{}"));
    assertThat(statusOf("/ws?token=abc")).isEqualTo(403);

    running.functions.answer(
        "authorizer",
        policy("Allow", "arn:aws:execute-api:eu-west-1:000000000000:other/live/$connect", "{}"));
    assertThat(statusOf("/ws?token=abc")).isEqualTo(403);
  }

  @Test
  void anAllowForTheMethodArnOrAWildcardOverItLetsIn() throws Exception {
    running.functions.answer(
        "authorizer",
        event ->
            RecordingFunctions.answered(policy("Allow", event.path("methodArn").asText(), "{}")));
    assertThat(statusOf("/ws?token=abc")).isEqualTo(101);

    running.functions.answer(
        "authorizer", policy("Allow", "arn:aws:execute-api:eu-west-1:*:socketapi/l?ve/*", "{}"));
    assertThat(statusOf("/ws?token=abc")).isEqualTo(101);
  }

  @Test
  void theStatusOfConnectIsTheStatusOfARefusal() throws Exception {
    for (int status : new int[] {301, 400, 401, 501}) {
      running.functions.answer("connect", "{\"statusCode\": %d}".formatted(status));

      assertThat(statusOf("/ws?token=abc")).isEqualTo(status);
    }
    running.functions.answer("connect", "{\"statusCode\": 201}");
    assertThat(statusOf("/ws?token=abc")).isEqualTo(101);
  }

  @Test
  void aConnectThatThrowsOrAnswersNonsenseMakes502AndOneTooSlow504() throws Exception {
    running.functions.answer("connect", new Invocation.Failed("boom", "Exception"));
    assertThat(statusOf("/ws?token=abc")).isEqualTo(502);

    for (String answer :
        List.of(
            "null",
            "[]",
            "{\"statusCode\": 200, \"extra\": 1}",
            "{\"statusCode\": 0}",
            "{\"statusCode\": 101}")) {
      running.functions.answer("connect", answer);
      assertThat(statusOf("/ws?token=abc")).as(answer).isEqualTo(502);
    }

    running.functions.answer("connect", new Invocation.TimedOut());
    assertThat(statusOf("/ws?token=abc")).isEqualTo(502);

    running.functions.answer("connect", new Invocation.IntegrationTimedOut());
    assertThat(statusOf("/ws?token=abc")).isEqualTo(504);
  }

  @Test
  void disconnectDoesNotRunAfterARefusedConnect() throws Exception {
    running.functions.answer("connect", "{\"statusCode\": 403}");

    assertThat(statusOf("/ws?token=abc")).isEqualTo(403);

    running.gateway.close();
    assertThat(running.functions.pending("disconnect")).isZero();
  }

  @Test
  void anApiWithoutConnectRouteAndAuthorizerLetsEveryoneIn() throws Exception {
    try (RunningGateway open =
            new RunningGateway(
                RunningGateway.api(
                    Optional.empty(), RunningGateway.route("$default", "default", true)));
        TestSocket socket = TestSocket.connect(open.port(), "/ws")) {
      socket.send("hello");

      JsonNode event = open.functions.event("default");
      assertThat(event.path("requestContext").has("authorizer")).isFalse();
    }
  }

  @Test
  void aRequestWithoutUpgradeIs426AndATooLongUrlIs414() throws Exception {
    try (TestSocket socket = TestSocket.open(running.port(), "/ws?token=" + "x".repeat(4_096), 0)) {
      assertThat(socket.status()).isEqualTo(414);
    }
    assertThat(Http.get(running.port(), "/ws?token=abc").statusCode()).isEqualTo(426);
  }

  @Test
  void aHostThatBreaksMakes500() throws Exception {
    running.functions.answer(
        "connect",
        _ -> {
          throw new IllegalStateException("the host broke");
        });

    assertThat(statusOf("/ws?token=abc")).isEqualTo(500);
  }

  @Test
  void theConnectorsIdleTimeoutEndsNeitherAHeldHandshakeNorASocket() throws Exception {
    running.functions.answer(
        "connect",
        _ -> {
          findClientsIdle();
          return RecordingFunctions.answered("{\"statusCode\": 200}");
        });
    try (TestSocket socket = TestSocket.connect(running.port(), "/ws?token=abc")) {
      socket.send("{\"type\": \"ping\"}");

      assertThat(socket.receive().opCode()).isEqualTo(TestSocket.TEXT);
      assertThat(running.idleTimeouts()).hasSize(1).allMatch(timeout -> timeout <= 0);
    }
  }

  private void findClientsIdle() {
    try {
      running.findClientsIdle();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aHandshakeThatEndsWhileTheGatewayClosesIsDisconnectedToo() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    running.functions.answerAfter("connect", closing, "{\"statusCode\": 200}");
    try (TestSocket held = TestSocket.begin(running.port(), "/ws?token=abc")) {
      running.functions.next("connect");
      Thread closer = Thread.ofVirtual().start(running.gateway::close);
      closing.countDown();
      closer.join();

      assertThat(
              running
                  .functions
                  .event("disconnect")
                  .at("/requestContext/disconnectStatusCode")
                  .asInt())
          .isEqualTo(1001);
      held.reset();
    }
    assertThat(statusOf("/ws?token=abc")).isEqualTo(503);
  }

  @Test
  void otherPathsAreLeftToOtherHandlers() throws Exception {
    assertThat(statusOf("/ws/other?token=abc")).isEqualTo(404);
    assertThat(statusOf("/w?token=abc")).isEqualTo(404);
  }

  @Test
  void aSubprotocolGoesBackOnlyIfOfferedAndChosen() throws Exception {
    running.functions.answer(
        "connect", "{\"statusCode\": 200, \"headers\": {\"sec-websocket-protocol\": \"chat.v2\"}}");
    try (TestSocket socket =
        TestSocket.connect(
            running.port(), "/ws?token=abc", "Sec-WebSocket-Protocol: chat.v1, chat.v2")) {
      assertThat(socket.header("sec-websocket-protocol")).isEqualTo("chat.v2");
    }
    try (TestSocket socket =
        TestSocket.connect(running.port(), "/ws?token=abc", "Sec-WebSocket-Protocol: chat.v1")) {
      assertThat(socket.header("sec-websocket-protocol")).isNull();
    }
    try (TestSocket socket = TestSocket.connect(running.port(), "/ws?token=abc")) {
      assertThat(socket.header("sec-websocket-protocol")).isNull();
    }
  }

  @Test
  void deflateIsAgreedToWhenOffered() throws Exception {
    try (TestSocket socket =
        TestSocket.connect(
            running.port(),
            "/ws?token=abc",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
      assertThat(socket.header("sec-websocket-extensions")).isEqualTo("permessage-deflate");
    }
    try (TestSocket socket = TestSocket.connect(running.port(), "/ws?token=abc")) {
      assertThat(socket.header("sec-websocket-extensions")).isNull();
    }
  }

  private int statusOf(String target) throws Exception {
    try (TestSocket socket = TestSocket.open(running.port(), target, 0)) {
      return socket.status();
    }
  }

  private static String policy(String effect, String resource, String context) {
    return """
    {"principalId": "u-17", "policyDocument": {"Version": "2012-10-17", "Statement": [
      {"Action": "execute-api:Invoke", "Effect": "%s", "Resource": ["%s"]}]}, "context": %s}\
    """
        .formatted(effect, resource, context);
  }
}
