package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.PolicyDocument;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.testing.GoldenEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our reading of the WebSocket API's events, and our answers, against AWS's own types for Java. */
class SocketEventsTest {

  private static final StoreTables TABLES = StoreTables.embedded();

  /** To the gateway too, an answer with a member that it doesn't know is none. */
  private static final ObjectMapper STRICT = new ObjectMapper();

  private final World world = new World(TABLES);

  @AfterAll
  static void dropTheTables() {
    TABLES.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SOCKET_CONNECT", "SOCKET_MESSAGE", "SOCKET_DISCONNECT"})
  void anEventIsReadAsAwsReadsIt(GoldenEvent event) throws IOException {
    byte[] text = event.json().toString().getBytes(StandardCharsets.UTF_8);

    SocketEvent ours = SocketEvent.read(new ByteArrayInputStream(text));

    var theirs = event.as(APIGatewayV2WebSocketEvent.class);
    var context = theirs.getRequestContext();
    assertThat(GoldenEvent.valuesOf(ours))
        .isEqualTo(
            Map.of(
                "kind",
                SocketEvent.Kind.valueOf(context.getEventType()),
                "routeKey",
                context.getRouteKey(),
                "connectionId",
                context.getConnectionId(),
                "connectedAt",
                Instant.ofEpochMilli(context.getConnectedAt()),
                "userId",
                Optional.of(context.getAuthorizer().get("principalId")),
                "sessionId",
                Optional.ofNullable(context.getAuthorizer().get("session_id")),
                "body",
                Optional.ofNullable(theirs.getBody()).orElse("")));
  }

  @Test
  void aHandshakeIsReadAsAwsReadsItAndAnsweredAsAwsAnswers() {
    String userId = world.session(world.account("ada").userId()).userId();
    ObjectNode event = GoldenEvent.SOCKET_AUTHORIZER.json();
    var theirs = GoldenEvent.SOCKET_AUTHORIZER.as(APIGatewayCustomAuthorizerEvent.class);
    assertThat(theirs.getQueryStringParameters()).containsOnlyKeys("token");
    event.withObject("/queryStringParameters").put("token", world.tokenOf(userId));

    JsonNode ours = world.answer(new SocketAuthorizer(world.hostOf(SocketAuthorizer.class)), event);

    assertThat(ours)
        .isEqualTo(
            asWritten(
                IamPolicyResponse.builder()
                    .withPrincipalId(userId)
                    .withPolicyDocument(
                        PolicyDocument.builder()
                            .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                            .withStatement(
                                List.of(IamPolicyResponse.allowStatement(theirs.getMethodArn())))
                            .build())
                    .withContext(Map.of("user_id", userId, "session_id", "session-of-" + userId))
                    .build()));
  }

  /** AWS's type writes the one resource as a list, and says that there is no condition. */
  private static JsonNode asWritten(IamPolicyResponse response) {
    ObjectNode written = STRICT.valueToTree(response);
    var statement = (ObjectNode) written.at("/policyDocument/Statement/0");
    assertThat(statement.remove("Condition").isNull()).isTrue();
    assertThat(statement.path("Resource")).hasSize(1);
    statement.set("Resource", statement.path("Resource").get(0));
    return written;
  }

  @Test
  void anAnswerToAFrameIsReadByAwsAsItIsMeant() throws JsonProcessingException {
    var ada = world.newSocket(world.account("ada").userId());
    JsonNode ping = world.socketEvent("MESSAGE", "ping", ada).put("body", "{\"type\":\"ping\"}");

    JsonNode ours = world.answer(new SocketsHandler(world.hostOf(SocketsHandler.class)), ping);

    var theirs = STRICT.treeToValue(ours, APIGatewayV2WebSocketResponse.class);
    assertThat(theirs.getStatusCode()).isEqualTo(200);
    assertThat(theirs.isIsBase64Encoded()).isFalse();
    assertThat(World.json(theirs.getBody()).path("type").asText()).isEqualTo("pong");
  }
}
