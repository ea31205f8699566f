package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two people talk with the original client, unchanged, over real HTTP and real sockets. */
@ExtendWith(RunningRelay.class)
class OriginalClientJourneyTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static Api api;

  private final String run = UUID.randomUUID().toString();
  private final String adasEmail = "ada-" + run + "@example.com";
  private final String bensEmail = "ben-" + run + "@example.com";
  private OriginalClient ada;
  private OriginalClient ben;

  @BeforeAll
  static void start(Api running) {
    api = running;
  }

  @BeforeEach
  void registerBoth() throws Exception {
    Accounts accounts = new Accounts(api);
    Accounts.User adasAccount = accounts.register(adasEmail, PASSWORD);
    Accounts.User bensAccount = accounts.register(bensEmail, PASSWORD);
    accounts.addByEmail(adasAccount, bensEmail);
    accounts.addByEmail(bensAccount, adasEmail);
    ada = new OriginalClient(api);
    ben = new OriginalClient(api);
  }

  @AfterEach
  void closeBoth() {
    ada.close();
    ben.close();
  }

  @Test
  void aMessageToSomeoneOfflineArrivesAtLoginAndItsReceiptComesBack() throws Exception {
    ada.login(adasEmail, PASSWORD);
    ada.connect();
    String bensId = idOfContact(ada, bensEmail);

    JsonNode sent = ada.send(bensId, "Hello!");
    ben.login(bensEmail, PASSWORD);
    ben.connect();
    JsonNode pending = ben.pending();

    assertThat(sent.get("status").textValue()).isEqualTo("queued");
    assertThat(pending.get("count").intValue()).isEqualTo(1);
    JsonNode message = pending.get("messages").get(0);
    assertThat(message.get("id")).isEqualTo(sent.get("message_id"));
    assertThat(message.get("sender_id").textValue()).isEqualTo(ada.userId());
    assertThat(message.get("recipient_id").textValue()).isEqualTo(ben.userId());
    assertThat(message.get("encrypted_content").textValue()).isEqualTo("encrypted:Hello!");
    assertThat(message.get("crypto_version").textValue()).isEqualTo("v1");
    assertThat(message.get("created_at")).isEqualTo(sent.get("created_at"));

    String id = message.get("id").textValue();
    JsonNode acknowledged = ben.acknowledge(id).expect(200);
    assertThat(acknowledged.get("status").textValue()).isEqualTo("acknowledged");
    assertThat(ben.pending().get("count").intValue()).isZero();

    ben.confirmReading(id, ada.userId());
    JsonNode read = ada.next("message_read");
    assertThat(read.get("message_id").textValue()).isEqualTo(id);
    assertThat(read.get("user_id").textValue()).isEqualTo(ben.userId());
  }

  @Test
  void theAnswerComesBackOverTheOpenSocketAndWaitsUntilItIsAcknowledged() throws Exception {
    ada.login(adasEmail, PASSWORD);
    ada.connect();
    ben.login(bensEmail, PASSWORD);
    ben.connect();

    JsonNode sent = ben.send(idOfContact(ben, adasEmail), "Hello yourself!");
    JsonNode pushed = ada.next("new_message");

    String id = sent.get("message_id").textValue();
    assertThat(pushed.get("message_id").textValue()).isEqualTo(id);
    assertThat(pushed.get("sender_id").textValue()).isEqualTo(ben.userId());
    assertThat(pushed.get("encrypted_content").textValue()).isEqualTo("encrypted:Hello yourself!");
    assertThat(pushed.get("has_media").booleanValue()).isFalse();
    assertThat(pushed.get("media_attachments")).isEmpty();
    assertThat(pushed.get("timestamp")).isEqualTo(sent.get("created_at"));

    ada.confirmDelivery(id, ben.userId());
    JsonNode delivered = ben.next("message_delivered");
    assertThat(delivered.get("message_id").textValue()).isEqualTo(id);
    assertThat(delivered.get("user_id").textValue()).isEqualTo(ada.userId());

    JsonNode waiting = ada.pending().get("messages");
    assertThat(waiting).hasSize(1);
    assertThat(waiting.get(0).get("id").textValue()).isEqualTo(id);
    assertThat(waiting.get(0).get("delivery_attempts").intValue()).isEqualTo(1);
    ada.acknowledge(id).expect(200);
    assertThat(ada.pending().get("messages")).isEmpty();
  }

  @Test
  void aMessageLivesSevenDaysToTheMillisecond() throws Exception {
    ada.login(adasEmail, PASSWORD);

    JsonNode sent = ada.send(idOfContact(ada, bensEmail), "Until Monday");

    Instant created = Instant.parse(sent.get("created_at").textValue());
    Instant expires = Instant.parse(sent.get("expires_at").textValue());
    assertThat(Duration.between(created, expires)).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void messagesComeInTheOrderTheyWereSent() throws Exception {
    ada.login(adasEmail, PASSWORD);
    String bensId = idOfContact(ada, bensEmail);

    for (String content : new String[] {"one", "two", "three"}) {
      ada.send(bensId, content);
    }
    ben.login(bensEmail, PASSWORD);

    assertThat(ben.pending().get("messages").findValuesAsText("encrypted_content"))
        .containsExactly("encrypted:one", "encrypted:two", "encrypted:three");
  }

  @Test
  void theConversationShowsBothWhatTheRelayStillHolds() throws Exception {
    ada.login(adasEmail, PASSWORD);
    ben.login(bensEmail, PASSWORD);

    ada.send(ben.userId(), "Are you there?");
    JsonNode answer = ben.send(ada.userId(), "Yes.");
    ada.acknowledge(answer.get("message_id").textValue()).expect(200);

    for (JsonNode conversation :
        new JsonNode[] {ada.conversation(ben.userId()), ben.conversation(ada.userId())}) {
      assertThat(conversation).hasSize(1);
      assertThat(conversation.get(0).get("encrypted_content").textValue())
          .isEqualTo("encrypted:Are you there?");
      assertThat(conversation.get(0).get("sender_id").textValue()).isEqualTo(ada.userId());
    }
  }

  @Test
  void anotherAcknowledgementSaysThatTheMessageIsGone() throws Exception {
    ada.login(adasEmail, PASSWORD);
    ben.login(bensEmail, PASSWORD);
    String id = ada.send(ben.userId(), "Once").get("message_id").textValue();

    ben.acknowledge(id).expect(200);

    assertThat(ben.acknowledge(id).expect(404).get("detail").textValue())
        .isEqualTo("Message not found or already acknowledged");
  }

  @Test
  void nobodyElseCanAcknowledgeAMessage() throws Exception {
    ada.login(adasEmail, PASSWORD);
    ben.login(bensEmail, PASSWORD);
    String id = ada.send(ben.userId(), "For Ben alone").get("message_id").textValue();

    ada.acknowledge(id).expect(404);

    assertThat(ben.pending().get("messages")).hasSize(1);
  }

  @Test
  void typingShowsOnTheOtherSide() throws Exception {
    ada.login(adasEmail, PASSWORD);
    ada.connect();
    ben.login(bensEmail, PASSWORD);
    ben.connect();

    ada.typing(ben.userId(), true);
    JsonNode started = ben.next("typing");
    ada.typing(ben.userId(), false);
    JsonNode stopped = ben.next("typing");

    assertThat(started.get("user_id").textValue()).isEqualTo(ada.userId());
    assertThat(started.get("is_typing").booleanValue()).isTrue();
    assertThat(stopped.get("is_typing").booleanValue()).isFalse();
  }

  @Test
  void contactsSeeEachOtherComeAndGo() throws Exception {
    ada.login(adasEmail, PASSWORD);
    ada.connect();
    ben.login(bensEmail, PASSWORD);

    ben.connect();
    JsonNode online = ada.next("user_online");
    boolean shownOnline = entryOf(ada, bensEmail).get("is_online").booleanValue();
    ben.disconnect();
    JsonNode offline = ada.next("user_offline");
    JsonNode entry = entryOf(ada, bensEmail);

    assertThat(online.get("user_id").textValue()).isEqualTo(ben.userId());
    assertThat(shownOnline).isTrue();
    assertThat(offline.get("user_id").textValue()).isEqualTo(ben.userId());
    assertThat(entry.get("is_online").booleanValue()).isFalse();
    assertThat(Instant.parse(entry.get("contact_last_seen").textValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void theOneAddedIsToldAtOnce() throws Exception {
    ada.login(adasEmail, PASSWORD);
    ada.connect();
    Accounts accounts = new Accounts(api);
    Accounts.User carol = accounts.register("carol-" + run + "@example.com", PASSWORD);

    accounts.addByEmail(carol, adasEmail);
    JsonNode added = ada.next("contact_added");

    assertThat(added.get("contact_id").textValue()).isEqualTo(carol.id());
    assertThat(added.get("email").textValue()).isEmpty();
    assertThat(added.get("username").textValue()).isEqualTo("carol-" + run);
  }

  @Test
  void aSocketWithoutAGoodTokenIsRefusedAtTheHandshake() {
    assertThat(api.refusal("token=not.a.token")).isEqualTo(401);
    assertThat(api.refusal("user_id=" + UUID.randomUUID())).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /auth/login",
    "GET, /contacts?user_id=x",
    "POST, /relay/send",
    "GET, /relay/pending",
    "POST, /relay/acknowledge",
    "GET, /messages/conversation/x?current_user_id=y",
  })
  void aBrowserOnAnotherOriginMayCall(String method, String path) throws Exception {
    HttpResponse<String> answer = api.preflight(method, path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains(method);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization", "Content-Type");
  }

  private static String idOfContact(OriginalClient client, String email) throws Exception {
    return entryOf(client, email).get("contact_id").textValue();
  }

  private static JsonNode entryOf(OriginalClient client, String email) throws Exception {
    Optional<JsonNode> entry =
        StreamSupport.stream(client.contacts().spliterator(), false)
            .filter(contact -> contact.get("contact_email").textValue().equals(email))
            .findFirst();
    return entry.orElseThrow();
  }
}
