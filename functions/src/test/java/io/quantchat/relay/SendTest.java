package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.json;
import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendTest {

  private RelayFixture relay;
  private String alice;
  private String bob;

  @BeforeEach
  void twoAccounts() {
    relay = new RelayFixture();
    alice = relay.account();
    bob = relay.account();
    relay.areContacts(alice, bob);
  }

  @Test
  void whatTheOriginalClientSendsIsQueuedForSevenDays() {
    ObjectNode message =
        message(bob, "encrypted:Hello!")
            .put("crypto_version", "v1")
            .put("encryption_algorithm", "ECDH-AES256-GCM")
            .put("kdf_algorithm", "HKDF-SHA256");

    Answer answer = relay.send(alice, message);

    assertThat(answer.status()).isEqualTo(201);
    String id = answer.body().get("message_id").textValue();
    assertThat(answer.body())
        .isEqualTo(
            json(
                "{'success':true,'message_id':'%s','status':'queued',"
                    + "'created_at':'2026-02-02T10:00:00.124Z',"
                    + "'expires_at':'2026-02-09T10:00:00.124Z'}",
                id));
    assertThat(Ids.timeOf(id)).contains(relay.world.clock.instant());
    assertThat(answer.headers())
        .isEqualTo(
            json(
                "{'Access-Control-Allow-Origin':'https://chat.example.com','Cache-Control':'no-store',"
                    + "'X-Content-Type-Options':'nosniff','Content-Type':'application/json'}"));
  }

  @Test
  void whatTheSenderPutInComesOutUnknownNamesAndMembersIncluded() {
    ObjectNode message = message(bob, "AAECAwQFBgcICQoLDA0ODw==");
    message.set(
        "encrypted_session_key",
        json("{'new-kem':'AAECAwQFBgcICQoLDA0ODw==','ecdh':'x','n':1.50,'deep':[{'a':null}]}"));
    message.put("crypto_version", "v9").put("encryption_algorithm", "NTRU-2035");
    message.put("kdf_algorithm", "HKDF-KECCAK").put("has_media", true);
    message.set("signatures", json("[{'algorithm':'SLH-DSA','signature':'c2ln','extra':true}]"));
    message.set("media_refs", json("['ref-1',{'id':2}]"));
    message.put("unknown_field", "ignored");
    String id = relay.send(alice, message).body().get("message_id").textValue();

    JsonNode fetched = relay.pending(bob, Map.of()).body().get("messages").get(0);

    message.remove(List.of("recipient_id", "unknown_field"));
    ObjectNode expected =
        Json.object().put("id", id).put("sender_id", alice).put("recipient_id", bob);
    expected.setAll(message);
    expected
        .put("delivery_attempts", 0)
        .put("created_at", "2026-02-02T10:00:00.124Z")
        .put("expires_at", "2026-02-09T10:00:00.124Z");
    assertThat(fetched).isEqualTo(expected);
    assertThat(fetched.get("encrypted_session_key").toString())
        .isEqualTo(message.get("encrypted_session_key").toString());
  }

  @Test
  void aMintedIdAndTimeAreKept() {
    Instant written = relay.world.clock.instant().minus(Duration.ofDays(3));
    String id = relay.messageId();
    ObjectNode message =
        message(bob, "hi").put("message_id", id).put("created_at", Times.format(written));

    Answer answer = relay.send(alice, message);

    assertThat(answer.body())
        .isEqualTo(
            json(
                "{'success':true,'message_id':'%s','status':'queued',"
                    + "'created_at':'2026-01-30T10:00:00.123Z',"
                    + "'expires_at':'2026-02-09T10:00:00.124Z'}",
                id));
  }

  @Test
  void aRepeatAnswersAsTheFirstTimeAndStoresAndPushesNothing() {
    String socket = relay.connect(bob);
    ObjectNode message = message(bob, "hi").put("message_id", relay.messageId());
    Answer first = relay.send(alice, message);
    relay.world.clock.advance(Duration.ofHours(1));

    Answer repeat = relay.send(alice, message);

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
    assertThat(relay.world.sockets.framesOf(socket)).hasSize(1);
  }

  @Test
  void theSameIdWithAnotherBodyIsAConflict() {
    String id = relay.messageId();
    relay.send(alice, message(bob, "one").put("message_id", id));

    Answer answer = relay.send(alice, message(bob, "two").put("message_id", id));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body())
        .isEqualTo(
            json(
                "{'type':'about:blank','title':'Conflict','status':409,'detail':'Another message"
                    + " was sent under this message_id: send this one under a new id.'}"));
    assertThat(answer.headers().get("Content-Type").textValue())
        .isEqualTo("application/problem+json");
    assertThat(contents(bob)).containsExactly("one");
  }

  @Test
  void theSameIdFromAnotherSenderIsAConflict() {
    String carol = relay.account();
    String id = relay.messageId();
    relay.send(alice, message(bob, "same").put("message_id", id));

    Answer answer = relay.send(carol, message(bob, "same").put("message_id", id));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
  }

  @Test
  void anIdIsFreeAgainOnceItsMessageHasExpired() {
    String id =
        Ids.timeOrdered(relay.world.clock.instant().plus(Duration.ofMinutes(4)), new Random(1));
    relay.send(alice, message(bob, "one").put("message_id", id));
    relay.world.clock.advance(Message.RETENTION);

    Answer answer = relay.send(alice, message(bob, "two").put("message_id", id));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(contents(bob)).containsExactly("two");
  }

  @Test
  void aHundredParallelSendsOfOneIdStoreAndPushOneMessage() throws Exception {
    String socket = relay.connect(bob);
    String body = message(bob, "hi").put("message_id", relay.messageId()).toString();
    List<Callable<Answer>> sends =
        Stream.<Callable<Answer>>generate(() -> () -> relay.post(alice, "/relay/send", body))
            .limit(100)
            .toList();

    List<Answer> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers = threads.invokeAll(sends).stream().map(done -> done.resultNow()).toList();
    }

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(99);
    assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
    assertThat(relay.world.sockets.framesOf(socket)).hasSize(1);
  }

  @Test
  void toOneselfIsANoteForOnesOtherDevices() {
    String socket = relay.connect(alice);

    Answer answer = relay.send(alice, message(alice, "note"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(contents(alice)).containsExactly("note");
    assertThat(relay.world.sockets.framesOf(socket))
        .extracting(frame -> frame.get("type").textValue())
        .containsExactlyInAnyOrder("new_message", "message_sent");
  }

  @Test
  void toNobodyIsNotFound() {
    Answer answer = relay.send(alice, message(relay.messageId(), "hi"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo(
            json(
                "{'type':'about:blank','title':'Not Found','status':404,'detail':'There is no"
                    + " account with this recipient_id: look the contact up again.'}"));
  }

  @Test
  void aRequestOfExactly96KiBPassesAndOneByteMoreIsTooLarge() {
    ObjectNode empty = message(bob, "");
    int room = RelayHandler.LARGEST_REQUEST - empty.toString().length();

    Answer whole = relay.send(alice, message(bob, "x".repeat(room)));
    Answer larger = relay.send(alice, message(bob, "x".repeat(room + 1)));
    Answer largerInBytes = relay.send(alice, message(bob, "x".repeat(room - 1) + "ä"));

    assertThat(whole.status()).isEqualTo(201);
    assertThat(larger.status()).isEqualTo(413);
    assertThat(largerInBytes.status()).isEqualTo(413);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
  }

  private List<String> contents(String userId) {
    JsonNode messages = relay.pending(userId, Map.of()).body().get("messages");
    return ((ArrayNode) messages)
        .valueStream()
        .map(message -> message.get("encrypted_content").textValue())
        .toList();
  }
}
