package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.auth.SocketTickets;
import io.quantchat.host.Metrics;
import io.quantchat.http.Json;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@StoreTest
class SocketAuthorizerTest {

  private static final String ARN =
      "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/live/$connect";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final World world;
  private final SocketAuthorizer authorizer;
  private final SocketTickets tickets;
  private final Account ada;

  SocketAuthorizerTest(StoreTables tables) {
    world = new World(tables);
    authorizer = new SocketAuthorizer(world.hostOf(SocketAuthorizer.class));
    tickets = SocketTickets.of(world.host);
    ada = world.account("ada");
    world.session(ada.userId());
  }

  @Test
  void aGoodTokenOpensThisStagesConnectRouteAndNothingElse() throws Exception {
    JsonNode answer = world.answer(authorizer, handshake("token", world.tokenOf(ada)));

    assertThat(answer)
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {
                  "principalId": "%s",
                  "policyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{
                      "Effect": "Allow",
                      "Action": "execute-api:Invoke",
                      "Resource": "%s"
                    }]
                  },
                  "context": {"user_id": "%s", "session_id": "session-of-%s"}
                }
                """
                    .formatted(ada.userId(), ARN, ada.userId(), ada.userId())));
  }

  @Test
  void aTicketOpensOneSocket() {
    String ticket = tickets.issue(world.session(ada.userId()));

    JsonNode answer = world.answer(authorizer, handshake("ticket", ticket));

    assertThat(answer.path("principalId").asText()).isEqualTo(ada.userId());
    assertThat(answer.path("context").path("session_id").asText())
        .isEqualTo("session-of-" + ada.userId());
    assertRefused(handshake("ticket", ticket));
  }

  @Test
  void aTicketIsTakenBeforeAToken() {
    Account bob = world.account("bob");
    ObjectNode event = handshake("token", world.tokenOf(ada));
    ObjectNode query = (ObjectNode) event.path("queryStringParameters");
    query.put("ticket", tickets.issue(world.session(bob.userId())));

    assertThat(world.answer(authorizer, event).path("principalId").asText())
        .isEqualTo(bob.userId());
    assertRefused(event);
  }

  @Test
  void aTicketIsGoodForAMinute() {
    String ticket = tickets.issue(world.session(ada.userId()));
    world.clock.advance(SocketTickets.LIFE);

    assertRefused(handshake("ticket", ticket));
  }

  @Test
  void neitherTokenNorTicketIsRefused() {
    ObjectNode bare = Json.object().put("type", "REQUEST").put("methodArn", ARN);
    assertRefused(bare);
    bare.putNull("queryStringParameters");
    assertRefused(bare);
    assertRefused(handshake("other", "x"));
    assertRefused(handshake("token", ""));
    assertRefused(handshake("ticket", ""));
  }

  @Test
  void aTokenThatIsNotGoodIsRefused() {
    String good = world.tokenOf(ada);
    String unsigned =
        JWT.create().withSubject(ada.userId()).withKeyId("none").sign(Algorithm.none());
    String ours = JWT.decode(good).getKeyId();
    String byPassword =
        JWT.create().withSubject(ada.userId()).withKeyId(ours).sign(Algorithm.HMAC256("guess"));

    assertRefused(handshake("token", world.tokenOf(ada.userId(), Duration.ofHours(-1))));
    assertRefused(handshake("token", good.substring(0, good.length() - 4) + "AAAA"));
    assertRefused(handshake("token", unsigned));
    assertRefused(handshake("token", byPassword));
    assertRefused(handshake("token", "x"));
    assertRefused(handshake("token", "x".repeat(5_000)));
    assertRefused(handshake("ticket", good));
    assertRefused(handshake("ticket", "x".repeat(43)));
  }

  @Test
  void whileStorageFailsNobodyGetsInAndNobodyIsToldTheTokenIsBad() {
    try (var unreachable =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:1"))
            .region(Region.EU_WEST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(
                configuration -> configuration.retryStrategy(retries -> retries.maxAttempts(1)))
            .build()) {
      SocketAuthorizer cutOff = counted(unreachable);
      String ticket = tickets.issue(world.session(ada.userId()));

      for (ObjectNode event :
          new ObjectNode[] {handshake("token", world.tokenOf(ada)), handshake("ticket", ticket)}) {
        Throwable failure = catchThrowable(() -> world.answer(cutOff, event));
        assertThat(failure).hasMessage(SdkClientException.class.getName());
      }
      assertThat(printed.toString(StandardCharsets.UTF_8).lines())
          .hasSize(2)
          .allMatch(line -> line.endsWith("\"Failures\":1}"));
    }
  }

  @Test
  void aRefusalIsNoFailure() {
    SocketAuthorizer sound = counted(world.dynamoDb);

    assertThatThrownBy(() -> world.answer(sound, handshake("token", "no token")))
        .hasMessage("Unauthorized");

    assertThat(printed.size()).isZero();
  }

  private SocketAuthorizer counted(DynamoDbClient dynamoDb) {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var metrics = new Metrics(out, world.clock, "authorizer", "7");
    return new SocketAuthorizer(world.hostOf(SocketAuthorizer.class).with(dynamoDb), metrics);
  }

  private void assertRefused(ObjectNode event) {
    assertThatThrownBy(() -> world.answer(authorizer, event)).hasMessage("Unauthorized");
  }

  private static ObjectNode handshake(String parameter, String value) {
    ObjectNode event = Json.object().put("type", "REQUEST").put("methodArn", ARN);
    event.putObject("queryStringParameters").put(parameter, value);
    event.putObject("requestContext").put("routeKey", "$connect").put("eventType", "CONNECT");
    return event;
  }
}
