package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.host.Ids;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a socket answers to its own client, and what it takes to open and to lose one. */
@ExtendWith(RunningRelay.class)
class SocketJourneyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Random RANDOM = new Random();
  private static final String UNKNOWN_ID = "019c1dcb-7a02-7b11-8d20-1f7c3a9b4e65";
  private static Api api;

  private Accounts.User ada;
  private Frames frames;
  private WebSocket socket;

  @BeforeAll
  static void start(Api running) {
    api = running;
  }

  @BeforeEach
  void openSocket() throws Exception {
    ada =
        new Accounts(api).register("ada-" + UUID.randomUUID() + "@example.com", Accounts.PASSWORD);
    frames = new Frames(api.contract());
    socket = api.open("token=" + ada.accessToken(), frames);
  }

  @AfterEach
  void closeSocket() {
    socket.abort();
  }

  @Test
  void aPingIsAnsweredByAPong() throws Exception {
    say("{\"type\": \"ping\"}");

    assertThat(frames.next("pong")).isEmpty();
  }

  @Test
  void acknowledgingOverTheSocketSaysWhatBecameOfEachMessage() throws Exception {
    String body =
        JSON.createObjectNode()
            .put("recipient_id", ada.id())
            .put("encrypted_content", "a note to oneself")
            .put("encrypted_session_key", "key")
            .toString();
    String id = send(body).get("message_id").textValue();

    say(
        "{\"type\": \"acknowledge\", \"payload\": {\"message_ids\": [\"%s\", \"%s\"]}}"
            .formatted(id, UNKNOWN_ID));
    JsonNode results = frames.next("acknowledged").get("results");

    assertThat(results.findValuesAsText("message_id")).containsExactly(id, UNKNOWN_ID);
    assertThat(results.findValuesAsText("status")).containsExactly("acknowledged", "not_found");
    assertThat(pendingCount()).isZero();
  }

  @Test
  void aMessageSentOverTheSocketIsAnsweredThereAndArrives() throws Exception {
    String id = timeOrderedId();
    String frame =
        """
        {"type": "send", "payload": {"message_id": "%s", "recipient_id": "%s",
          "encrypted_content": "a note to oneself", "encrypted_session_key": "key"}}
        """
            .formatted(id, ada.id());
    api.contract().clientFrame(frame);

    say(frame);

    assertThat(frames.next("message_queued").get("message_id").textValue()).isEqualTo(id);
    assertThat(frames.next("new_message").get("message_id").textValue()).isEqualTo(id);
    assertThat(pendingCount()).isEqualTo(1);
  }

  @Test
  void aMessageThatIsRefusedOverTheSocketIsNamed() throws Exception {
    String id = timeOrderedId();

    say(
        """
        {"type": "send", "payload": {"message_id": "%s", "recipient_id": "%s",
          "encrypted_content": "to nobody", "encrypted_session_key": "key"}}
        """
            .formatted(id, UUID.randomUUID()));

    JsonNode error = frames.next("error");
    assertThat(error.get("message_id").textValue()).isEqualTo(id);
    assertThat(error.get("status").intValue()).isEqualTo(404);
  }

  @Test
  void theSendersOwnSocketsLearnThatAMessageWasSent() throws Exception {
    Accounts.User ben =
        new Accounts(api).register("ben-" + UUID.randomUUID() + "@example.com", Accounts.PASSWORD);
    String body =
        JSON.createObjectNode()
            .put("recipient_id", ben.id())
            .put("encrypted_content", "from the other device")
            .put("encrypted_session_key", "key")
            .toString();

    JsonNode sent = send(body);
    JsonNode told = frames.next("message_sent");

    assertThat(told.get("message_id")).isEqualTo(sent.get("message_id"));
    assertThat(told.get("recipient_id").textValue()).isEqualTo(ben.id());
    assertThat(told.get("timestamp")).isEqualTo(sent.get("created_at"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{\"type\": 1}",
        "{\"payload\": {}}",
        "{\"type\": \"no such type\", \"payload\": {}}",
        "{\"type\": \"typing\"}",
        "{\"type\": \"typing\", \"payload\": {\"is_typing\": true}}",
        "{\"type\": \"typing\", \"payload\": {\"recipient_id\": \"ben\", \"is_typing\": true}}",
        "{\"type\": \"read_confirmation\", \"payload\": {\"message_id\": 7}}",
        "{\"type\": \"delivery_confirmation\", \"payload\": []}",
        "{\"type\": \"acknowledge\", \"payload\": {\"message_ids\": []}}",
        "{\"type\": \"acknowledge\", \"payload\": {\"message_ids\": [\"x\"]}}",
      })
  void aFrameThatCannotBeUsedIsRefusedAndTheSocketStaysOpen(String frame) throws Exception {
    say(frame);

    assertThat(frames.next("error").get("detail").textValue()).isNotBlank();
    say("{\"type\": \"ping\"}");
    assertThat(frames.next("pong")).isEmpty();
  }

  @Test
  void aTicketOpensOneSocket() throws Exception {
    String ticket = ticket();
    Frames second = new Frames(api.contract());

    WebSocket withTicket = api.open("ticket=" + ticket, second);
    withTicket.sendText("{\"type\": \"ping\"}", true).join();

    assertThat(second.next("pong")).isEmpty();
    assertThat(api.refusal("ticket=" + ticket)).isEqualTo(401);
    withTicket.abort();
  }

  @Test
  void loggingOutClosesTheSocketAndNothingOfTheSessionOpensAnother() throws Exception {
    String ticket = ticket();
    String logout = JSON.createObjectNode().put("refresh_token", ada.refreshToken()).toString();
    api.call("POST", "/auth/logout", "/auth/logout", Optional.empty(), Optional.of(logout))
        .expect(204);

    assertThat(frames.closeCode()).isNotZero();
    assertThat(api.refusal("ticket=" + ticket)).isEqualTo(401);
    assertThat(api.refusal("token=" + ada.accessToken())).isEqualTo(401);
    api.call("POST", "/auth/socket-ticket", "/auth/socket-ticket", ada.token(), Optional.empty())
        .expect(401);
  }

  private String ticket() throws Exception {
    return api.call(
            "POST", "/auth/socket-ticket", "/auth/socket-ticket", ada.token(), Optional.empty())
        .expect(201)
        .get("ticket")
        .textValue();
  }

  /** The JDK's client sends it in frames of less, which the gateway lets pass. */
  @Test
  void aMessageOver32KibibytesInPartsIsRefusedAndTheSocketStaysOpen() throws Exception {
    say("{\"type\": \"ping\", \"padding\": \"" + "x".repeat(32 * 1024) + "\"}");

    assertThat(frames.next("error").get("detail").textValue()).contains("32768");
    say("{\"type\": \"ping\"}");
    assertThat(frames.next("pong")).isEmpty();
  }

  @Test
  void aMessageOver128KibibytesClosesTheSocket() throws Exception {
    say("{\"type\": \"ping\", \"padding\": \"" + "x".repeat(128 * 1024) + "\"}");

    assertThat(frames.closeCode()).isEqualTo(1009);
  }

  @Test
  void aBinaryFrameClosesTheSocket() throws Exception {
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();

    assertThat(frames.closeCode()).isEqualTo(1003);
  }

  private static String timeOrderedId() {
    return Ids.timeOrdered(Instant.now(), RANDOM);
  }

  private void say(String frame) {
    socket.sendText(frame, true).join();
  }

  private JsonNode send(String body) throws Exception {
    return api.call("POST", "/relay/send", "/relay/send", ada.token(), Optional.of(body))
        .expect(201);
  }

  private int pendingCount() throws Exception {
    return api.call("GET", "/relay/pending", "/relay/pending", ada.token(), Optional.empty())
        .expect(200)
        .get("count")
        .intValue();
  }
}
