package io.quantchat.sockets;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.relay.RelayHandler;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are sent over a socket. */
@StoreTest
class SendTest {

  private final SecureRandom random = new SecureRandom();
  private final World world;
  private final SocketsHandler handler;
  private final Account ada;
  private final Account bob;
  private final Connection adas;
  private final Connection adasOther;
  private final Connection bobs;

  SendTest(StoreTables tables) {
    world = new World(tables);
    handler = new SocketsHandler(world.hostOf(SocketsHandler.class));
    ada = world.account("ada");
    bob = world.account("bob");
    adas = world.socketOf(ada);
    adasOther = world.socketOf(ada);
    bobs = world.socketOf(bob);
  }

  @Test
  void aMessageIsStoredPushedAndAnsweredToTheSocketItCameOver() {
    String id = newId();

    JsonNode answer = send(message(id));

    assertThat(answer)
        .isEqualTo(
            json(
                """
                {"type": "message_queued", "payload": {"message_id": "%s", "status": "queued",
                  "created_at": "2026-02-02T10:00:00.123Z",
                  "expires_at": "2026-02-09T10:00:00.123Z"}}
                """
                    .formatted(id)));
    assertThat(world.sockets.typesOf(bobs.connectionId())).containsExactly("new_message");
    assertThat(world.sockets.typesOf(adasOther.connectionId())).containsExactly("message_sent");
    assertThat(world.sockets.framesOf(adas.connectionId())).isEmpty();
    assertThat(pending(bob).path("messages").path(0).path("id").asText()).isEqualTo(id);
    assertThat(pending(bob).path("messages").path(0).path("sender_id").asText())
        .isEqualTo(ada.userId());
  }

  @Test
  void aRepeatIsAnsweredAlikeStoresNothingAndTellsNobodyAgain() {
    ObjectNode message = message(newId());

    JsonNode first = send(message);
    JsonNode again = send(message);

    assertThat(again).isEqualTo(first);
    assertThat(pending(bob).path("count").asInt()).isEqualTo(1);
    assertThat(world.sockets.typesOf(bobs.connectionId())).containsExactly("new_message");
  }

  @Test
  void anotherMessageUnderTheSameIdIsRefusedAndTheFirstStays() {
    ObjectNode message = message(newId());
    send(message);

    JsonNode refusal = send(message.deepCopy().put("encrypted_content", "something else"));

    assertRefused(refusal, 409, message.path("message_id").asText());
    assertThat(pending(bob).path("messages").path(0).path("encrypted_content").asText())
        .isEqualTo("encrypted:Hello!");
  }

  @Test
  void aMessageToNobodyIsRefusedByItsId() {
    String id = newId();

    JsonNode refusal = send(message(id).put("recipient_id", UUID.randomUUID().toString()));

    assertRefused(refusal, 404, id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          message_id | | message_id: is required
          message_id | x | message_id: must be a UUID
          message_id | 89a4ce85-c0ee-47f4-aa19-e381e9da010e | message_id: must be a UUID of version 7
          recipient_id | | recipient_id: is required
          recipient_id | bob | recipient_id: must be a UUID
          encrypted_content | | encrypted_content: is required
          encrypted_session_key | | encrypted_session_key: is required
          created_at | yesterday | created_at: must be a time
          """)
  void aFaultIsNamedAndNothingIsStored(String field, String value, String detail) {
    ObjectNode message = message(newId());
    message.put(field, value);

    JsonNode refusal = send(message);

    assertThat(refusal.path("type").asText()).isEqualTo("error");
    assertThat(refusal.path("payload").path("status").asInt()).isEqualTo(422);
    assertThat(refusal.path("payload").path("type").asText()).isEqualTo("send");
    assertThat(refusal.path("payload").path("detail").asText()).startsWith(detail);
    assertThat(pending(bob).path("count").asInt()).isZero();
  }

  @Test
  void aBlockedSenderCannotTellTheDifference() {
    world.blocks.block(bob.userId(), ada.userId());
    String id = newId();

    JsonNode answer = send(message(id));

    assertThat(answer.path("type").asText()).isEqualTo("message_queued");
    assertThat(answer.path("payload").path("message_id").asText()).isEqualTo(id);
    assertThat(world.sockets.framesOf(bobs.connectionId())).isEmpty();
    assertThat(pending(bob).path("count").asInt()).isZero();
  }

  private static void assertRefused(JsonNode refusal, int status, String messageId) {
    assertThat(refusal.path("type").asText()).isEqualTo("error");
    assertThat(refusal.path("payload").path("status").asInt()).isEqualTo(status);
    assertThat(refusal.path("payload").path("message_id").asText()).isEqualTo(messageId);
  }

  private String newId() {
    return Ids.timeOrdered(world.clock.instant(), random);
  }

  private ObjectNode message(String id) {
    return Json.object()
        .put("message_id", id)
        .put("recipient_id", bob.userId())
        .put("encrypted_content", "encrypted:Hello!")
        .put("encrypted_session_key", "session-key-placeholder");
  }

  private JsonNode send(ObjectNode message) {
    ObjectNode frame = Json.object().put("type", "send");
    frame.set("payload", message);
    ObjectNode event = world.socketEvent("MESSAGE", "send", adas);
    event.put("body", frame.toString());
    JsonNode answer = world.answer(handler, event);
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    return json(answer.path("body").asText());
  }

  private JsonNode pending(Account account) {
    var relay = new RelayHandler(world.hostOf(RelayHandler.class));
    return json(
        world.answer(relay, world.request("GET", "/relay/pending", account)).path("body").asText());
  }
}
