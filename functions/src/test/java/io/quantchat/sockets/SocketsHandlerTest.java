package io.quantchat.sockets;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.relay.RelayHandler;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each frame has its effect, or is refused. */
@StoreTest
class SocketsHandlerTest {

  private static final String ID = "89a4ce85-c0ee-47f4-aa19-e381e9da010e";
  private static final String NOTHING = "{\"statusCode\":200}";

  private final World world;
  private final SocketsHandler handler;
  private final Account ada;
  private final Account bob;
  private final Connection adas;
  private final Connection bobs;

  SocketsHandlerTest(StoreTables tables) {
    world = new World(tables);
    handler = new SocketsHandler(world.hostOf(SocketsHandler.class));
    ada = world.account("ada");
    bob = world.account("bob");
    world.areContacts(ada, bob);
    adas = world.socketOf(ada);
    bobs = world.socketOf(bob);
  }

  @Test
  void typingReachesEachSocketOfTheRecipientAndNobodyElse() {
    Connection second = world.socketOf(bob);

    JsonNode answer = send(adas, "typing", typing(bob.userId(), "true"));

    assertThat(answer).isEqualTo(json(NOTHING));
    JsonNode told =
        json(
            "{\"type\":\"typing\",\"payload\":{\"user_id\":\"%s\",\"is_typing\":true}}"
                .formatted(ada.userId()));
    assertThat(world.sockets.framesOf(bobs.connectionId())).containsExactly(told);
    assertThat(world.sockets.framesOf(second.connectionId())).containsExactly(told);
    assertThat(world.sockets.framesOf(adas.connectionId())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "read_confirmation, message_read",
    "delivery_confirmation, message_delivered",
  })
  void receiptsReachTheSender(String type, String told) {
    JsonNode answer =
        send(
            adas,
            type,
            "{\"type\":\"%s\",\"payload\":{\"message_id\":\"%s\",\"sender_id\":\"%s\"}}"
                .formatted(type, ID, bob.userId()));

    assertThat(answer).isEqualTo(json(NOTHING));
    assertThat(world.sockets.framesOf(bobs.connectionId()))
        .containsExactly(
            json(
                "{\"type\":\"%s\",\"payload\":{\"message_id\":\"%s\",\"user_id\":\"%s\"}}"
                    .formatted(told, ID, ada.userId())));
  }

  @ParameterizedTest
  @CsvSource({
    "read_confirmation, message_read",
    "delivery_confirmation, message_delivered",
  })
  void aProofReachesTheSenderAsItIs(String type, String told) {
    String proof = "7Xq0Zb1vQd8mJr5nE2tKcY9uWfP3hSgL6oAaDxViMw4=";

    send(adas, type, provenReceipt(type, "\"" + proof + "\""));

    assertThat(world.sockets.framesOf(bobs.connectionId()))
        .containsExactly(
            json(
                "{\"type\":\"%s\",\"payload\":{\"message_id\":\"%s\",\"user_id\":\"%s\",\"proof\":\"%s\"}}"
                    .formatted(told, ID, ada.userId(), proof)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "7",
        "[]",
        "\"7Xq0Zb1vQd8mJr5nE2tKcY9uWfP3hSgL6oAaDxViMw4\"",
        "\"7Xq0Zb1vQd8mJr5nE2tKcY9uWfP3hSgL6oAaDxViMw5=\"",
        "\"7Xq0Zb1vQd8mJr5nE2tKcY9uWfP3hSgL6oAaDxViM-4=\"",
        "\"7Xq0Zb1vQd8mJr5nE2tKcY9uWfP3hSgL6oAaDxViMw4=AAAA\""
      })
  void aProofOfAnotherFormIsRefusedAndToldNobody(String proof) {
    send(adas, "read_confirmation", provenReceipt("read_confirmation", proof));

    assertThat(world.sockets.framesOf(bobs.connectionId())).isEmpty();
    assertThat(world.sockets.framesOf(adas.connectionId()))
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.at("/payload/status").intValue()).isEqualTo(422);
              assertThat(frame.at("/payload/detail").textValue()).startsWith("proof: must be ");
            });
  }

  private String provenReceipt(String type, String proof) {
    return "{\"type\":\"%s\",\"payload\":{\"message_id\":\"%s\",\"sender_id\":\"%s\",\"proof\":%s}}"
        .formatted(type, ID, bob.userId(), proof);
  }

  @Test
  void nothingPassesBetweenTwoOfWhomOneHasBlockedTheOther() {
    world.blocks.block(bob.userId(), ada.userId());

    for (String type : List.of("read_confirmation", "delivery_confirmation")) {
      assertThat(send(adas, type, receipt(type, bob.userId()))).isEqualTo(json(NOTHING));
      assertThat(send(bobs, type, receipt(type, ada.userId()))).isEqualTo(json(NOTHING));
    }
    assertThat(send(adas, "typing", typing(bob.userId(), "true"))).isEqualTo(json(NOTHING));
    assertThat(send(bobs, "typing", typing(ada.userId(), "true"))).isEqualTo(json(NOTHING));

    assertThat(world.sockets.framesOf(adas.connectionId())).isEmpty();
    assertThat(world.sockets.framesOf(bobs.connectionId())).isEmpty();
  }

  @Test
  void nothingPassesBetweenTwoOfWhomOneHasNotAddedTheOther() {
    Account carol = world.account("carol");
    Account dan = world.account("dan");
    Connection carols = world.socketOf(carol);
    Connection dans = world.socketOf(dan);
    world.hasAdded(carol, dan);

    for (String type : List.of("read_confirmation", "delivery_confirmation")) {
      assertThat(send(carols, type, receipt(type, dan.userId()))).isEqualTo(json(NOTHING));
      assertThat(send(dans, type, receipt(type, carol.userId()))).isEqualTo(json(NOTHING));
    }
    assertThat(send(carols, "typing", typing(dan.userId(), "true"))).isEqualTo(json(NOTHING));
    assertThat(send(dans, "typing", typing(carol.userId(), "true"))).isEqualTo(json(NOTHING));
    assertThat(send(dans, "typing", typing(dan.userId(), "true"))).isEqualTo(json(NOTHING));

    assertThat(world.sockets.framesOf(carols.connectionId())).isEmpty();
    assertThat(world.sockets.framesOf(dans.connectionId())).isEmpty();

    world.hasAdded(dan, carol);
    send(dans, "typing", typing(carol.userId(), "true"));
    assertThat(world.sockets.typesOf(carols.connectionId())).containsExactly("typing");
  }

  @Test
  void anUnknownRecipientLooksLikeOneWhoIsNotConnected() {
    JsonNode unknown = send(adas, "typing", typing(UUID.randomUUID().toString(), "true"));
    JsonNode absent = send(adas, "typing", typing(world.account("carol").userId(), "true"));

    assertThat(unknown).isEqualTo(absent).isEqualTo(json(NOTHING));
    assertThat(world.sockets.framesOf(adas.connectionId())).isEmpty();
  }

  @Test
  void aSocketThatDiedUnnoticedLosesItsRowToTheFirstPush() {
    Connection open = world.socketOf(bob);
    world.sockets.lose(bobs.connectionId());
    world.clock.advance(Connection.LONGEST_HANDSHAKE);

    send(adas, "typing", typing(bob.userId(), "false"));

    assertThat(world.connections.openOf(bob.userId(), Read.CONSISTENT)).containsExactly(open);
    assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).containsExactly(adas);
    assertThat(world.sockets.typesOf(open.connectionId())).containsExactly("typing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"ping\"}", "{\"type\":\"ping\",\"payload\":{\"n\":1}}"})
  void aPingIsAnsweredByAPong(String frame) {
    assertThat(frameOf(send(adas, "ping", frame)))
        .isEqualTo(json("{\"type\":\"pong\",\"payload\":{}}"));
    assertThat(world.sockets.framesOf(adas.connectionId())).isEmpty();
  }

  @Test
  void acknowledgingDeletesWhatIsOnesOwnAndSaysSoInTheOrderAsked() {
    String bobsMessage = stored(ada, bob);
    String adasMessage = stored(bob, ada);

    JsonNode answer =
        send(
            bobs,
            "acknowledge",
            "{\"type\":\"acknowledge\",\"payload\":{\"message_ids\":[\"%s\",\"%s\",\"%s\"]}}"
                .formatted(ID, bobsMessage, adasMessage));

    assertThat(frameOf(answer))
        .isEqualTo(
            json(
                """
                {"type": "acknowledged", "payload": {"results": [
                  {"message_id": "%s", "status": "not_found"},
                  {"message_id": "%s", "status": "acknowledged"},
                  {"message_id": "%s", "status": "not_found"}
                ]}}
                """
                    .formatted(ID, bobsMessage, adasMessage)));
    assertThat(
            frameOf(
                    send(
                        adas,
                        "acknowledge",
                        "{\"type\":\"acknowledge\",\"payload\":{\"message_ids\":[\"%s\"]}}"
                            .formatted(adasMessage)))
                .at("/payload/results/0/status")
                .asText())
        .isEqualTo("acknowledged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          typing | {"type":"typing"} | payload
          typing | {"type":"typing","payload":null} | payload
          typing | {"type":"typing","payload":[]} | payload
          typing | {"type":"typing","payload":"x"} | payload
          typing | {"type":"typing","payload":{"is_typing":true}} | recipient_id
          typing | {"type":"typing","payload":{"recipient_id":null,"is_typing":true}} | recipient_id
          typing | {"type":"typing","payload":{"recipient_id":"","is_typing":true}} | recipient_id
          typing | {"type":"typing","payload":{"recipient_id":"bob","is_typing":true}} | recipient_id
          typing | {"type":"typing","payload":{"recipient_id":7,"is_typing":true}} | recipient_id
          typing | {"type":"typing","payload":{"recipient_id":"89a4ce85-c0ee-47f4-aa19-e381e9da010e"}} | is_typing
          typing | {"type":"typing","payload":{"recipient_id":"89a4ce85-c0ee-47f4-aa19-e381e9da010e","is_typing":"yes"}} | is_typing
          typing | {"type":"typing","payload":{"recipient_id":"89a4ce85-c0ee-47f4-aa19-e381e9da010e","is_typing":1}} | is_typing
          read_confirmation | {"type":"read_confirmation","payload":{"sender_id":"89a4ce85-c0ee-47f4-aa19-e381e9da010e"}} | message_id
          read_confirmation | {"type":"read_confirmation","payload":{"message_id":"89a4ce85-c0ee-47f4-aa19-e381e9da010e"}} | sender_id
          delivery_confirmation | {"type":"delivery_confirmation","payload":{"message_id":"x","sender_id":"89a4ce85-c0ee-47f4-aa19-e381e9da010e"}} | message_id
          delivery_confirmation | {"type":"delivery_confirmation","payload":{"message_id":"89a4ce85-c0ee-47f4-aa19-e381e9da010e","sender_id":[]}} | sender_id
          """)
  void aFaultyFrameOfAOneWayRouteIsNamedOnTheSendersOwnSocketAlone(
      String route, String frame, String field) {
    Connection second = world.socketOf(ada);

    assertThat(send(adas, route, frame)).isEqualTo(json(NOTHING));

    JsonNode error = world.sockets.framesOf(adas.connectionId()).getFirst();
    assertThat(error.path("type").asText()).isEqualTo("error");
    assertThat(error.path("payload").path("type").asText()).isEqualTo(route);
    assertThat(error.path("payload").path("detail").asText()).startsWith(field + ":");
    assertThat(world.sockets.framesOf(second.connectionId())).isEmpty();
    assertThat(world.sockets.framesOf(bobs.connectionId())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          acknowledge | {"type":"acknowledge"} | payload:
          acknowledge | {"type":"acknowledge","payload":{}} | message_ids:
          acknowledge | {"type":"acknowledge","payload":{"message_ids":[]}} | message_ids:
          acknowledge | {"type":"acknowledge","payload":{"message_ids":"89a4ce85-c0ee-47f4-aa19-e381e9da010e"}} | message_ids:
          acknowledge | {"type":"acknowledge","payload":{"message_ids":["x"]}} | message_ids:
          acknowledge | {"type":"acknowledge","payload":{"message_ids":[null]}} | message_ids:
          $default | {"type":"shout","payload":{}} | type: must be one of acknowledge, delivery_confirmation, ping, read_confirmation, send, typing
          $default | {"type":"$connect"} | type: must be one of
          $connect | {"type":"$connect"} | type: must be one of
          $default | {"payload":{}} | type: is required
          $default | {"type":7} | type: is required
          $default | [] | The frame must be a JSON object
          $default | 7 | The frame must be a JSON object
          $default | hello | The frame must be a JSON object
          $default | {"type":"typing" | The frame must be a JSON object
          $default | '' | The frame must be a JSON object
          ping | {"type":"ping"} x | The frame must be a JSON object
          """)
  void aFaultyFrameOfATwoWayRouteIsAnsweredByAnError(String route, String frame, String detail) {
    JsonNode error = frameOf(send(adas, route, frame));

    assertThat(error.path("type").asText()).isEqualTo("error");
    assertThat(error.path("payload").path("detail").asText()).startsWith(detail);
    assertThat(world.sockets.framesOf(adas.connectionId())).isEmpty();
  }

  @Test
  void aFrameThatIsTooLargeOrTooDeepIsAnsweredByAnError() {
    String large = "{\"type\":\"ping\",\"n\":\"" + "x".repeat(Frame.LARGEST) + "\"}";
    String deep = "{\"type\":\"ping\",\"n\":" + "[".repeat(60) + "]".repeat(60) + "}";
    String many = "[" + ("\"" + ID + "\",").repeat(100) + "\"" + ID + "\"]";

    assertThat(detailOf(send(adas, "ping", large))).contains("at most 32768 bytes");
    assertThat(detailOf(send(adas, "$default", deep))).contains("JSON object");
    assertThat(
            detailOf(
                send(
                    adas,
                    "acknowledge",
                    "{\"type\":\"acknowledge\",\"payload\":{\"message_ids\":" + many + "}}")))
        .contains("1 to 100 ids");
  }

  @Test
  void aTypeThatCouldBreakTheAnswerIsNotRepeated() {
    String odd = "{\"type\":\"\\ud800\"}";

    JsonNode error = frameOf(send(adas, "$default", odd));

    assertThat(error.path("payload").has("type")).isFalse();
    assertThat(error.path("payload").path("detail").asText()).startsWith("type:");
  }

  @Test
  void aSocketOfNobodyIsRefusedEverything() {
    ObjectNode opening = world.socketEvent("CONNECT", "$connect", world.newSocket(ada.userId()));
    withoutAuthorizer(opening);
    assertThat(world.answer(handler, opening)).isEqualTo(json("{\"statusCode\":401}"));

    ObjectNode frame = world.socketEvent("MESSAGE", "typing", adas);
    withoutAuthorizer(frame);
    frame.put("body", typing(bob.userId(), "true"));
    assertThat(detailOf(world.answer(handler, frame))).contains("Nobody is logged in");
    assertThat(world.sockets.framesOf(bobs.connectionId())).isEmpty();

    ObjectNode closing = world.socketEvent("DISCONNECT", "$disconnect", adas);
    withoutAuthorizer(closing);
    assertThat(world.answer(handler, closing)).isEqualTo(json(NOTHING));
    assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).containsExactly(adas);
  }

  private static void withoutAuthorizer(ObjectNode event) {
    ((ObjectNode) event.path("requestContext")).remove("authorizer");
  }

  private String stored(Account sender, Account recipient) {
    var relay = new RelayHandler(world.hostOf(RelayHandler.class));
    ObjectNode event = world.request("POST", "/relay/send", sender);
    event.put(
        "body",
        Json.object()
            .put("recipient_id", recipient.userId())
            .put("encrypted_content", "encrypted:Hello!")
            .put("encrypted_session_key", "session-key-placeholder")
            .toString());
    return json(world.answer(relay, event).path("body").asText()).path("message_id").asText();
  }

  private JsonNode send(Connection from, String route, String frame) {
    ObjectNode event = world.socketEvent("MESSAGE", route, from);
    event.put("body", frame);
    return world.answer(handler, event);
  }

  private static JsonNode frameOf(JsonNode answer) {
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer).hasSize(2);
    return json(answer.path("body").textValue());
  }

  private static String detailOf(JsonNode answer) {
    return frameOf(answer).path("payload").path("detail").asText();
  }

  private static String typing(String recipientId, String isTyping) {
    return "{\"type\":\"typing\",\"payload\":{\"recipient_id\":\"%s\",\"is_typing\":%s}}"
        .formatted(recipientId, isTyping);
  }

  private static String receipt(String type, String senderId) {
    return "{\"type\":\"%s\",\"payload\":{\"message_id\":\"%s\",\"sender_id\":\"%s\"}}"
        .formatted(type, ID, senderId);
  }
}
