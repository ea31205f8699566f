package io.quantchat.infra.local.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.gateway.Json;
import io.quantchat.infra.local.journey.Accounts;
import io.quantchat.infra.local.journey.Api;
import io.quantchat.infra.local.socket.EventsOfOneSocket;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * LocalStack has no WebSocket APIs: the functions behind them are handed what one would hand them.
 * What they push reaches nobody there, which must harm nothing.
 */
@Tag("localstack")
@ExtendWith(OnLocalStack.class)
class DeployedSocketTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static final String AUTHORIZER = "SocketAuthorizerFunction";
  private static final String CONNECTIONS = "ConnectionsFunction";
  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private static DeployedStack stack;
  private static Api api;

  private Accounts.User ada;
  private Accounts.User ben;

  @BeforeAll
  static void start(DeployedStack deployed, Api deployedApi) {
    stack = deployed;
    api = deployedApi;
  }

  @BeforeEach
  void register() throws Exception {
    Accounts accounts = new Accounts(api);
    ada = accounts.register("ada-" + UUID.randomUUID() + "@example.com", PASSWORD);
    ben = accounts.register("ben-" + UUID.randomUUID() + "@example.com", PASSWORD);
    accounts.add(ada, ben);
    accounts.add(ben, ada);
  }

  @Test
  void aTokenOpensASocket() throws Exception {
    EventsOfOneSocket socket = socket("token", ada.accessToken());

    JsonNode policy = answer(AUTHORIZER, socket.authorizer());

    assertThat(policy.get("principalId").textValue()).isEqualTo(ada.id());
    assertThat(policy.at("/context/user_id").textValue()).isEqualTo(ada.id());
    JsonNode statement = policy.at("/policyDocument/Statement/0");
    assertThat(statement.get("Effect").textValue()).isEqualTo("Allow");
    assertThat(statement.get("Resource").textValue()).isEqualTo(socket.methodArn());
  }

  @Test
  void aTicketOpensOneSocket() throws Exception {
    String ticket =
        api.call(
                "POST", "/auth/socket-ticket", "/auth/socket-ticket", ada.token(), Optional.empty())
            .expect(201)
            .get("ticket")
            .textValue();

    JsonNode policy = answer(AUTHORIZER, socket("ticket", ticket).authorizer());

    assertThat(policy.get("principalId").textValue()).isEqualTo(ada.id());
    assertUnauthorized(socket("ticket", ticket));
  }

  @Test
  void neitherOpensNone() throws Exception {
    assertUnauthorized(new EventsOfOneSocket(Map.of(), Clock.systemUTC()));
    assertUnauthorized(socket("token", ""));
    assertUnauthorized(socket("token", ada.accessToken() + "x"));
    assertUnauthorized(socket("ticket", "none"));
  }

  @Test
  void aSocketThatOpensAndClosesIsSeenByContactsAndReceivesPushes() throws Exception {
    EventsOfOneSocket socket = open(ada);
    assertThat(benSeesAdaOnline()).isTrue();

    String id = send(ben, ada);
    JsonNode pending = get("/relay/pending", ada).get("messages").get(0);
    assertThat(pending.get("id").textValue()).isEqualTo(id);
    assertThat(pending.get("delivery_attempts").intValue()).isEqualTo(1);

    assertThat(answer(CONNECTIONS, socket.disconnect()).get("statusCode").intValue())
        .isEqualTo(200);
    assertThat(benSeesAdaOnline()).isFalse();
    assertThat(get("/relay/pending", ada).get("count").intValue()).isEqualTo(1);
  }

  @Test
  void aPingIsAnsweredInTheRoutesResponse() throws Exception {
    JsonNode answer = say(open(ada), "ping", frame("ping"));

    api.contract().pushedFrame("pong", answer.get("body").textValue());
  }

  @Test
  void typingIsAnsweredByNobodyAndPushedToTheOther() throws Exception {
    EventsOfOneSocket adas = open(ada);
    EventsOfOneSocket bens = open(ben);
    ObjectNode frame = frame("typing");
    frame.putObject("payload").put("recipient_id", ben.id()).put("is_typing", true);

    assertThat(say(adas, "typing", frame).has("body")).isFalse();

    assertThat(answer(CONNECTIONS, bens.disconnect()).get("statusCode").intValue()).isEqualTo(200);
  }

  @Test
  void receiptsAreAnsweredByNobody() throws Exception {
    EventsOfOneSocket socket = open(ada);
    String id = send(ben, ada);
    for (String type : new String[] {"delivery_confirmation", "read_confirmation"}) {
      ObjectNode frame = frame(type);
      frame.putObject("payload").put("message_id", id).put("sender_id", ben.id());

      assertThat(say(socket, type, frame).has("body")).as(type).isFalse();
    }
  }

  @Test
  void acknowledgingDeletesAndSaysWhatBecameOfEach() throws Exception {
    EventsOfOneSocket socket = open(ada);
    String id = send(ben, ada);
    ObjectNode frame = frame("acknowledge");
    frame.putObject("payload").putArray("message_ids").add(id);

    String first = say(socket, "acknowledge", frame).get("body").textValue();
    String second = say(socket, "acknowledge", frame).get("body").textValue();

    api.contract().pushedFrame("acknowledged", first);
    assertThat(statusOf(first)).isEqualTo("acknowledged");
    assertThat(statusOf(second)).isEqualTo("not_found");
    assertThat(get("/relay/pending", ada).get("count").intValue()).isZero();
  }

  @Test
  void aFrameThatCannotBeUsedIsAnsweredByAnError() throws Exception {
    EventsOfOneSocket socket = open(ada);

    for (String frame : new String[] {"", "hello", "{\"type\": \"shout\", \"payload\": {}}"}) {
      JsonNode answer = answer(CONNECTIONS, socket.message("$default", frame));

      assertThat(answer.get("statusCode").intValue()).isEqualTo(200);
      api.contract().pushedFrame("error", answer.get("body").textValue());
    }
  }

  @Test
  void aSocketThatNobodyAuthorizedIsRefused() throws Exception {
    EventsOfOneSocket socket = socket("token", ada.accessToken());

    assertThat(answer(CONNECTIONS, socket.connect(Map.of())).get("statusCode").intValue())
        .isEqualTo(401);
  }

  private static EventsOfOneSocket socket(String name, String value) {
    return new EventsOfOneSocket(Map.of(name, value), Clock.systemUTC());
  }

  /** A socket that was let in, with what the authorizer gave it, as a gateway would have it. */
  private static EventsOfOneSocket open(Accounts.User who) throws Exception {
    EventsOfOneSocket socket = socket("token", who.accessToken());
    JsonNode policy = answer(AUTHORIZER, socket.authorizer());
    Map<String, String> authorized = Json.MAPPER.convertValue(policy.get("context"), STRINGS);
    authorized.put("principalId", policy.get("principalId").textValue());
    JsonNode connected = answer(CONNECTIONS, socket.connect(authorized));
    assertThat(connected.get("statusCode").intValue()).isEqualTo(200);
    return socket;
  }

  private static JsonNode say(EventsOfOneSocket socket, String route, JsonNode frame)
      throws Exception {
    api.contract().clientFrame(frame.toString());
    JsonNode answer = answer(CONNECTIONS, socket.message(route, frame.toString()));
    assertThat(answer.get("statusCode").intValue()).isEqualTo(200);
    return answer;
  }

  private static JsonNode answer(String function, byte[] event) throws Exception {
    SignedCalls.Answer answer = stack.invoke(function, event);
    assertThat(answer.functionError()).as(answer.body()).isEmpty();
    return Json.MAPPER.readTree(answer.body());
  }

  /** What makes the gateway answer 401. */
  private static void assertUnauthorized(EventsOfOneSocket socket) throws Exception {
    SignedCalls.Answer answer = stack.invoke(AUTHORIZER, socket.authorizer());

    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(Json.MAPPER.readTree(answer.body()).get("errorMessage").textValue())
        .isEqualTo("Unauthorized");
  }

  private static ObjectNode frame(String type) {
    return Json.MAPPER.createObjectNode().put("type", type);
  }

  private static String statusOf(String frame) throws Exception {
    return Json.MAPPER.readTree(frame).at("/payload/results/0/status").textValue();
  }

  private static String send(Accounts.User sender, Accounts.User recipient) throws Exception {
    String body =
        Json.MAPPER
            .createObjectNode()
            .put("recipient_id", recipient.id())
            .put("encrypted_content", "Hello!")
            .put("encrypted_session_key", "key")
            .toString();
    return api.call("POST", "/relay/send", "/relay/send", sender.token(), Optional.of(body))
        .expect(201)
        .get("message_id")
        .textValue();
  }

  private boolean benSeesAdaOnline() throws Exception {
    JsonNode contacts = get("/contacts", ben);
    assertThat(contacts).hasSize(1);
    return contacts.get(0).get("is_online").booleanValue();
  }

  private static JsonNode get(String route, Accounts.User who) throws Exception {
    return api.call("GET", route, route, who.token(), Optional.empty()).expect(200);
  }
}
