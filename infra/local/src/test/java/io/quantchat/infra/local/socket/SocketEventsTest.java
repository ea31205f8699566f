package io.quantchat.infra.local.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.gateway.Json;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole events, compared strictly: a key too many or too few fails. */
class SocketEventsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_770_000_000_004L), ZoneOffset.UTC);
  private static final String ID = "[A-Za-z0-9_-]{15}=";

  private RunningGateway running;
  private TestSocket socket;

  @BeforeEach
  void start() throws Exception {
    running = new RunningGateway(RunningGateway.api(), SocketLimits.AWS, CLOCK);
    socket =
        TestSocket.connect(
            running.port(),
            "/ws?token=a%2Bb+c&tag=1&tag=2&flag",
            "x-Demo: first",
            "X-demo: second",
            "Sec-WebSocket-Protocol: chat.v1",
            "Sec-WebSocket-Protocol: chat.v2");
  }

  @AfterEach
  void stop() throws Exception {
    socket.close();
    running.close();
  }

  @Test
  void theAuthorizersEventIsComplete() throws Exception {
    assertThat(normalised(running.functions.event("authorizer")))
        .isEqualTo(
            json(
                """
                {"type": "REQUEST",
                 "methodArn": "arn:aws:execute-api:eu-west-1:000000000000:socketapi/live/$connect",
                 "headers": {"Connection": "Upgrade", "content-length": "0", "Upgrade": "websocket", %1$s},
                 "multiValueHeaders": {"Connection": ["Upgrade"], "content-length": ["0"], "Upgrade": ["websocket"], %2$s},
                 %3$s,
                 "stageVariables": {},
                 "requestContext": {"routeKey": "$connect", "eventType": "CONNECT", "messageDirection": "IN", %4$s}}
                """));
  }

  @Test
  void theConnectEventHasTheAuthorizersContextAsStringsAndNoHopByHopHeaders() throws Exception {
    ObjectNode event = normalised(running.functions.event("connect"));
    ObjectNode authorizer = (ObjectNode) event.at("/requestContext/authorizer");

    assertThat(authorizer.remove("integrationLatency").isIntegralNumber()).isTrue();
    assertThat(event)
        .isEqualTo(
            json(
                """
                {"headers": {%1$s}, "multiValueHeaders": {%2$s}, %3$s,
                 "requestContext": {"routeKey": "$connect", "eventType": "CONNECT", "messageDirection": "IN",
                  "authorizer": {"principalId": "u-17", "deviceId": "d-4", "level": "7", "admin": "true"}, %4$s},
                 "isBase64Encoded": false}
                """));
  }

  @Test
  void theMessageEventHasNoHeadersAndTheBodyAsItCame() throws Exception {
    String body = "{\"type\": \"typing\",  \"text\": \"\\u00e9 é \\\"quoted\\\" 😀\"}";
    socket.send(body);

    ObjectNode event = normalised(running.functions.event("typing"));

    assertThat(event.remove("body").asText()).isEqualTo(body);
    assertThat(event)
        .isEqualTo(
            json(
                """
                {"requestContext": {"routeKey": "typing", "eventType": "MESSAGE", "messageDirection": "IN",
                  "messageId": "ID",
                  "authorizer": {"principalId": "u-17", "deviceId": "d-4", "level": "7", "admin": "true"}, %4$s},
                 "isBase64Encoded": false}
                """));
  }

  @Test
  void theDisconnectEventHasCodeAndReason() throws Exception {
    socket.sendClose(4_001, "bye");

    assertThat(normalised(running.functions.event("disconnect")))
        .isEqualTo(
            json(
                """
                {"headers": {"Host": "HOST", "x-api-key": "", "X-Forwarded-For": "", "x-restapi": ""},
                 "multiValueHeaders": {"Host": ["HOST"], "x-api-key": [""], "X-Forwarded-For": [""], "x-restapi": [""]},
                 "requestContext": {"routeKey": "$disconnect", "eventType": "DISCONNECT", "messageDirection": "IN",
                  "disconnectStatusCode": 4001, "disconnectReason": "bye",
                  "authorizer": {"principalId": "u-17", "deviceId": "d-4", "level": "7", "admin": "true"}, %4$s},
                 "isBase64Encoded": false}
                """));
  }

  @Test
  void anIpv6AddressHasNoBrackets() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "this machine has no IPv6");
    try (RunningGateway six =
            new RunningGateway(RunningGateway.api(), SocketLimits.AWS, CLOCK, "::1");
        TestSocket client = TestSocket.connectTo(loopback, six.port(), "/ws?token=abc")) {
      JsonNode event = six.functions.event("connect");

      assertThat(client.status()).isEqualTo(101);
      assertThat(event.at("/requestContext/identity/sourceIp").asText())
          .isEqualTo(loopback.getHostAddress());
      assertThat(event.at("/headers/X-Forwarded-For").asText())
          .isEqualTo(loopback.getHostAddress());
    }
  }

  @Test
  void requestAndMessageIdsAreNewEachTimeTheConnectionsIsNot() throws Exception {
    JsonNode connect = running.functions.event("connect").path("requestContext");
    socket.send("one");
    socket.send("two");
    JsonNode one = running.functions.event("default").path("requestContext");
    JsonNode two = running.functions.event("default").path("requestContext");

    assertThat(one.path("connectionId")).isEqualTo(connect.path("connectionId"));
    assertThat(one.path("requestId")).isNotEqualTo(two.path("requestId"));
    assertThat(one.path("messageId")).isNotEqualTo(two.path("messageId"));
    assertThat(one.path("extendedRequestId")).isEqualTo(one.path("requestId"));
    assertThat(connect.path("requestId")).isNotEqualTo(one.path("requestId"));
  }

  /** Replaces what differs from run to run, after checking its form. */
  private ObjectNode normalised(JsonNode event) throws Exception {
    String host = "localhost:" + running.port();
    JsonNode context = event.path("requestContext");
    String text = event.toString().replace(host, "HOST");
    for (String key : new String[] {"connectionId", "requestId", "messageId"}) {
      if (context.has(key)) {
        assertThat(context.path(key).asText()).matches(ID);
        text = text.replace(context.path(key).asText(), "ID");
      }
    }
    JsonNode trace = event.at("/headers/X-Amzn-Trace-Id");
    if (trace.isTextual()) {
      assertThat(trace.asText()).matches("Root=1-69800e80-[0-9a-f]{24}");
      text = text.replace(trace.asText(), "TRACE");
    }
    text = text.replace("\"" + running.port() + "\"", "\"PORT\"");
    return (ObjectNode) Json.MAPPER.readTree(text);
  }

  private static JsonNode json(String template) throws Exception {
    String headers =
        """
        "Host": "HOST", "Sec-WebSocket-Key": "c2l4dGVlbiBieXRlcyE0Mg==", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": "chat.v1, chat.v2", "User-Agent": "demo/1.0", "X-Amzn-Trace-Id": "TRACE",
        "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Port": "PORT", "X-Forwarded-Proto": "http",
        "x-Demo": "second"
        """;
    String multi =
        headers
            .replaceAll(": (\"[^\"]*\")", ": [$1]")
            .replace("[\"second\"]", "[\"first\", \"second\"]");
    String query =
        """
        "queryStringParameters": {"token": "a+b c", "tag": "2", "flag": ""},
        "multiValueQueryStringParameters": {"token": ["a+b c"], "tag": ["1", "2"], "flag": [""]}
        """;
    String context =
        """
        "requestId": "ID", "extendedRequestId": "ID", "requestTime": "02/Feb/2026:02:40:00 +0000",
        "requestTimeEpoch": 1770000000004, "connectedAt": 1770000000004, "connectionId": "ID",
        "stage": "live", "apiId": "socketapi", "domainName": "HOST",
        "identity": {"userAgent": "demo/1.0", "sourceIp": "127.0.0.1"}
        """;
    return Json.MAPPER.readTree(template.formatted(headers, multi, query, context));
  }
}
