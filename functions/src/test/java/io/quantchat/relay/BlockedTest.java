package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import io.quantchat.testing.Spent;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bob has blocked Mallory, who is among his contacts, and has deleted Alice from them: what Mallory
 * sees is what Alice sees.
 */
class BlockedTest {

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String mallory = relay.account();
  private final String bob = relay.account();

  @BeforeEach
  void bobBlocksMallory() {
    relay.hasAdded(alice, bob);
    relay.areContacts(bob, mallory);
    relay.world.blocks.block(bob, mallory);
  }

  @Test
  void theAnswersAreThoseThatAnyoneGets() {
    for (String sender : List.of(alice, mallory)) {
      ObjectNode message = message(bob, "hi").put("message_id", relay.messageId());
      Answer first = relay.send(sender, message);
      Answer repeat = relay.send(sender, message);
      Answer other = relay.send(sender, message.deepCopy().put("encrypted_content", "other"));

      assertThat(List.of(first.status(), repeat.status(), other.status()))
          .containsExactly(201, 200, 409);
      assertThat(repeat.body()).isEqualTo(first.body());
      assertThat(new TreeSet<>(fieldNames(first)))
          .containsExactly("created_at", "expires_at", "message_id", "status", "success");
    }
  }

  @Test
  void nothingReachesTheRecipient() {
    String socket = relay.connect(bob);
    String id = relay.send(mallory, message(bob, "hi")).body().get("message_id").textValue();

    assertThat(relay.pending(bob, Map.of()).body().get("messages")).isEmpty();
    assertThat(relay.conversation(bob, mallory, Map.of()).body()).isEmpty();
    assertThat(relay.acknowledge(bob, id).status()).isEqualTo(404);
    assertThat(relay.world.sockets.framesOf(socket)).isEmpty();
    assertThat(relay.rows(Queue.INBOX, bob)).isEmpty();
  }

  @Test
  void theSendersOtherDevicesHearThatItWasSent() {
    String socket = relay.connect(mallory);

    relay.send(mallory, message(bob, "hi"));

    assertThat(relay.world.sockets.framesOf(socket))
        .extracting(frame -> frame.get("type").textValue())
        .containsExactly("message_sent");
  }

  @Test
  void theSendersConversationShowsWhatWasSentUntilItExpires() {
    relay.send(mallory, message(bob, "one"));
    relay.send(mallory, message(bob, "two"));

    assertThat(contents(relay.conversation(mallory, bob, Map.of()))).containsExactly("one", "two");

    relay.world.clock.advance(Message.RETENTION);
    assertThat(relay.conversation(mallory, bob, Map.of()).body()).isEmpty();
  }

  @Test
  void aRepeatOfWhatWasSentBeforeTheBlockIsARepeat() {
    relay.hasAdded(bob, alice);
    ObjectNode message = message(bob, "hi").put("message_id", relay.messageId());
    Answer before = relay.send(alice, message);
    relay.world.blocks.block(bob, alice);

    Answer after = relay.send(alice, message);
    Answer other = relay.send(alice, message.deepCopy().put("encrypted_content", "other"));

    assertThat(after.status()).isEqualTo(200);
    assertThat(after.body()).isEqualTo(before.body());
    assertThat(other.status()).isEqualTo(409);
    assertThat(contents(relay.conversation(alice, bob, Map.of()))).containsExactly("hi");
  }

  @Test
  void itTakesTheCallsAndTheUnitsThatAnySendTakes() throws Exception {
    relay.send(alice, message(bob, "warm up"));

    Spent delivered = relay.counter.during(() -> relay.send(alice, message(bob, "hi")));
    Spent dropped = relay.counter.during(() -> relay.send(mallory, message(bob, "hi")));

    assertThat(dropped.calls()).containsExactlyInAnyOrderElementsOf(delivered.calls());
  }

  @Test
  void aBlockedContactHasAStrangersAllowanceUntilUnblocked() {
    Answer toAlice = exhausted(alice);
    Answer toMallory = exhausted(mallory);

    assertThat(toMallory.status()).isEqualTo(429);
    assertThat(toMallory.body()).isEqualTo(toAlice.body());
    assertThat(relay.rows(Queue.WITHHELD, bob)).hasSameSizeAs(relay.rows(Queue.INBOX, bob));

    relay.world.blocks.unblock(bob, mallory);
    relay.send(mallory, message(bob, "a contact's again")).expect(201);
  }

  private Answer exhausted(String sender) {
    Answer last = relay.send(sender, message(bob, "hi"));
    while (last.status() == 201) {
      last = relay.send(sender, message(bob, "hi"));
    }
    return last;
  }

  @Test
  void onceUnblockedMessagesArriveAgainAndDroppedOnesDoNot() {
    relay.send(mallory, message(bob, "dropped"));
    relay.world.blocks.unblock(bob, mallory);

    relay.send(mallory, message(bob, "delivered"));

    assertThat(contents(relay.conversation(bob, mallory, Map.of()))).containsExactly("delivered");
  }

  private static List<String> contents(Answer conversation) {
    return conversation
        .body()
        .valueStream()
        .map(message -> message.get("encrypted_content").textValue())
        .toList();
  }

  private static List<String> fieldNames(Answer answer) {
    return answer.body().propertyStream().map(Map.Entry::getKey).toList();
  }
}
