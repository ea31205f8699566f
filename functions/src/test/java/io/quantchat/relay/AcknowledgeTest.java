package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.json;
import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AcknowledgeTest {

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();

  AcknowledgeTest() {
    relay.areContacts(alice, bob);
  }

  @Test
  void anAcknowledgedMessageIsGone() {
    String id = send();

    Answer answer = relay.acknowledge(bob, id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(json("{'success':true,'message_id':'%s','status':'acknowledged'}", id));
    assertThat(relay.rows(Queue.INBOX, bob)).isEmpty();
  }

  @Test
  void onceMoreIsNotFound() {
    String id = send();
    relay.acknowledge(bob, id);

    Answer answer = relay.acknowledge(bob, id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo(
            json(
                "{'type':'about:blank','title':'Not Found','status':404,"
                    + "'detail':'Message not found or already acknowledged'}"));
  }

  @Test
  void anothersMessageIsNotFoundAndStays() {
    String id = send();

    assertThat(relay.acknowledge(alice, id).status()).isEqualTo(404);
    assertThat(relay.acknowledge(relay.account(), id).status()).isEqualTo(404);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
  }

  @Test
  void manyAreAnsweredEachInTheOrderOfTheRequestARepeatedOneOnce() {
    String first = send();
    String second = send();
    String unknown = relay.messageId();

    Answer answer = acknowledge(List.of(second, unknown, first, second));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            json(
                "{'success':true,'results':[{'message_id':'%s','status':'acknowledged'},"
                    + "{'message_id':'%s','status':'not_found'},"
                    + "{'message_id':'%s','status':'acknowledged'}]}",
                second, unknown, first));
    assertThat(relay.rows(Queue.INBOX, bob)).isEmpty();
  }

  @Test
  void anIdInCapitalsIsTheSameId() {
    String id = send();

    Answer answer = relay.acknowledge(bob, id.toUpperCase(Locale.ROOT));

    assertThat(answer.body().get("message_id").textValue()).isEqualTo(id);
  }

  private Answer acknowledge(List<String> ids) {
    ObjectNode body = Json.object();
    ids.forEach(body.putArray("message_ids")::add);
    return relay.post(bob, "/relay/acknowledge", body.toString());
  }

  private String send() {
    return relay.send(alice, message(bob, "hi")).body().get("message_id").textValue();
  }
}
