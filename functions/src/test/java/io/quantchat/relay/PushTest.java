package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.json;
import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushTest {

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();

  PushTest() {
    relay.areContacts(alice, bob);
  }

  @Test
  void everySocketOfTheRecipientGetsTheMessageAndEveryOneOfTheSenderThatItWasSent() {
    List<String> bobs = List.of(relay.connect(bob), relay.connect(bob));
    List<String> alices = List.of(relay.connect(alice), relay.connect(alice));
    ObjectNode message = message(bob, "encrypted:Hello!").put("has_media", true);
    message.set("signatures", json("[{'algorithm':'ECDSA-P256-SHA256','signature':'c2ln'}]"));
    message.set("media_refs", json("['ref']"));

    String id = relay.send(alice, message).body().get("message_id").textValue();

    for (String socket : bobs) {
      assertThat(relay.world.sockets.framesOf(socket))
          .containsExactly(
              json(
                  "{'type':'new_message','payload':{'message_id':'%s','sender_id':'%s',"
                      + "'encrypted_content':'encrypted:Hello!',"
                      + "'encrypted_session_key':'session-key-placeholder','crypto_version':'v1',"
                      + "'encryption_algorithm':'ECDH-AES256-GCM','kdf_algorithm':'HKDF-SHA256',"
                      + "'signatures':[{'algorithm':'ECDSA-P256-SHA256','signature':'c2ln'}],"
                      + "'timestamp':'2026-02-02T10:00:00.124Z','has_media':true,"
                      + "'media_attachments':['ref']}}",
                  id, alice));
    }
    for (String socket : alices) {
      assertThat(relay.world.sockets.framesOf(socket))
          .containsExactly(
              json(
                  "{'type':'message_sent','payload':{'message_id':'%s','recipient_id':'%s',"
                      + "'timestamp':'2026-02-02T10:00:00.124Z'}}",
                  id, bob));
    }
    assertThat(fetched().get("delivery_attempts").intValue()).isEqualTo(2);
  }

  @Test
  void aMessageLargerThanASocketTakesIsOnlyAnnounced() {
    String socket = relay.connect(bob);
    ObjectNode message = message(bob, "hi");
    ArrayNode numbers = Json.array();
    for (int count = 0; count < 15_000; count++) {
      numbers.add(new BigDecimal("0.000001"));
    }
    message.set("encrypted_session_key", Json.object().set("numbers", numbers));
    String body = message.toString().replace("0.000001", "1e-6");

    Answer answer = relay.post(alice, "/relay/send", body);

    String id = answer.body().get("message_id").textValue();
    assertThat(relay.world.sockets.framesOf(socket))
        .containsExactly(
            json(
                "{'type':'new_message','payload':{'message_id':'%s','sender_id':'%s',"
                    + "'timestamp':'2026-02-02T10:00:00.123Z','fetch':true}}",
                id, alice));
    assertThat(fetched().get("encrypted_session_key").get("numbers")).isEqualTo(numbers);
  }

  @Test
  void aSocketThatIsGoneLosesItsRowAloneAndTheOthersStillHear() {
    String gone = relay.connect(bob);
    String open = relay.connect(bob);
    String slow = relay.connect(bob);
    relay.world.sockets.lose(gone);
    relay.world.sockets.throttle(slow);
    relay.world.clock.advance(Connection.LONGEST_HANDSHAKE);

    Answer answer = relay.send(alice, message(bob, "hi"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(relay.world.sockets.framesOf(open)).hasSize(1);
    assertThat(relay.world.connections.openOf(bob, Read.CONSISTENT))
        .extracting(Connection::connectionId)
        .containsExactlyInAnyOrder(open, slow);
    assertThat(fetched().get("delivery_attempts").intValue()).isEqualTo(3);
  }

  @Test
  void aSocketThatOpenedWhileStoringTookLongHearsToo() {
    String seen = relay.connect(bob);
    var opened = new ArrayList<String>();
    relay.mishaps.duringNextPut(
        () -> {
          relay.world.clock.advance(RelayService.LOOK_HOLDS.plusMillis(1));
          opened.add(relay.connect(bob));
        });

    relay.send(alice, message(bob, "hi"));

    assertThat(relay.world.sockets.framesOf(seen)).hasSize(1);
    assertThat(relay.world.sockets.framesOf(opened.getFirst()))
        .isEqualTo(relay.world.sockets.framesOf(seen));
  }

  @Test
  void aQuickPutSparesTheSecondLook() {
    var opened = new ArrayList<String>();
    relay.mishaps.duringNextPut(
        () -> {
          relay.world.clock.advance(RelayService.LOOK_HOLDS);
          opened.add(relay.connect(bob));
        });

    relay.send(alice, message(bob, "hi"));

    assertThat(relay.world.sockets.framesOf(opened.getFirst())).isEmpty();
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
  }

  @Test
  void whereClientsAreAsNearAsTheTablesAQuickPutDoesNot() {
    RelayFixture near = RelayFixture.near();
    String ann = near.account();
    String ben = near.account();
    var opened = new ArrayList<String>();
    near.mishaps.duringNextPut(() -> opened.add(near.connect(ben)));

    near.send(ann, message(ben, "hi"));

    assertThat(near.world.sockets.framesOf(opened.getFirst())).hasSize(1);
  }

  @Test
  void aPutWhoseAnswerGotLostIsNoRepeatOfItself() {
    String socket = relay.connect(bob);
    relay.mishaps.loseAnswerOfNextPut();

    Answer answer = relay.send(alice, message(bob, "hi"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
    assertThat(relay.world.sockets.framesOf(socket)).hasSize(1);
  }

  private JsonNode fetched() {
    return relay.pending(bob, Map.of()).body().get("messages").get(0);
  }
}
