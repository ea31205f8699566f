package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import io.quantchat.testing.Spent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bob's inbox holds one mebibyte, and messages of such a size that each of them is counted. */
class FullInboxTest {

  private static final String LARGE = "-".repeat(90_000);

  /** So many are more than a mebibyte. */
  private static final int FULL = 12;

  private final RelayFixture relay = RelayFixture.withInboxOfOneMebibyte();
  private final String alice = relay.account();
  private final String bob = relay.account();

  FullInboxTest() {
    relay.areContacts(alice, bob);
  }

  @Test
  void aFullInboxTakesNoMoreAndLosesNothing() {
    List<String> sent = fill(alice);

    Answer refused = relay.send(alice, message(bob, "one more"));

    assertThat(sent).hasSize(FULL);
    assertThat(refused.detail(429)).contains("inbox is full");
    assertThat(refused.text("code")).isEqualTo("inbox_full");
    assertThat(refused.headers().path("Retry-After").asLong())
        .isEqualTo(Admission.FULL_FOR.toSeconds());
    assertThat(pending()).isEqualTo(sent);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(FULL);
    relay.send(bob, message(alice, "hi")).expect(201);
  }

  @Test
  void whileItIsFullARefusalReadsNothingMore() throws Exception {
    fill(alice);
    relay.send(alice, message(bob, "one more")).expect(429);

    Spent spent = relay.counter.during(() -> relay.send(alice, message(bob, "one more")));

    assertThat(spent.besidesWhetherLeft().calls()).hasSize(4);
    assertThat(spent.writeUnits()).isZero();
  }

  @Test
  void onceThereIsRoomItIsFoundWithinMinutes() {
    fill(alice);
    relay.send(alice, message(bob, "one more")).expect(429);
    pending().forEach(id -> relay.acknowledge(bob, id));
    relay.send(alice, message(bob, "one more")).expect(429);

    relay.world.clock.advance(Admission.FULL_FOR);

    relay.send(alice, message(bob, "one more")).expect(201);
    assertThat(pending()).hasSize(1);
  }

  @Test
  void whatIsStillFullStaysSo() {
    fill(alice);
    relay.send(alice, message(bob, "one more")).expect(429);
    relay.world.clock.advance(Admission.FULL_FOR);

    relay.send(alice, message(bob, "one more")).expect(429);
  }

  @Test
  void whatIsTakenOutAsItComesInIsNeverFull() {
    for (int count = 0; count < 3 * FULL; count++) {
      String id = relay.send(alice, message(bob, LARGE)).expect(201).get("message_id").asText();
      relay.acknowledge(bob, id).expect(200);
    }
  }

  @Test
  void whatHasExpiredTakesNoRoom() {
    fill(alice);
    relay.world.clock.advance(Message.RETENTION);

    relay.send(alice, message(bob, "one more")).expect(201);
  }

  @Test
  void aRepeatOfWhatIsHeldIsNotRefused() {
    ObjectNode first = message(bob, "first").put("message_id", relay.messageId());
    relay.send(alice, first).expect(201);
    fill(alice);

    relay.send(alice, first).expect(200);
    relay.send(alice, first.deepCopy().put("encrypted_content", "x")).expect(429);
  }

  @Test
  void whatBlockedSendersSendHasTheSameBoundAndTakesNoRoom() {
    int withheld = 0;
    String mallory;
    Answer refused;
    do {
      mallory = relay.account();
      relay.areContacts(bob, mallory);
      relay.world.blocks.block(bob, mallory);
      withheld += fill(mallory).size();
      refused = relay.send(mallory, message(bob, "one more"));
    } while (!refused.text("code").equals("inbox_full"));

    assertThat(withheld).isEqualTo(FULL);
    relay.send(alice, message(bob, "hi")).expect(201);
    fill(alice);

    assertThat(refused.body()).isEqualTo(relay.send(alice, message(bob, "one more")).body());
  }

  @Test
  void theRowBesideTheSocketsIsNoSocketAndEndsByItself() {
    String socket = relay.connect(bob);
    relay.send(alice, message(bob, LARGE));
    relay.send(alice, message(bob, "hi")).expect(201);

    assertThat(relay.world.sockets.framesOf(socket)).hasSize(2);
    assertThat(relay.rowsBesideSockets(bob))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(Long.parseLong(row.get("expires_at").n()))
                  .isEqualTo(relay.world.clock.instant().plus(Duration.ofDays(8)).getEpochSecond());
              assertThat(row.get("connected_at").n()).isEqualTo("0");
            });
  }

  /** Sends until the inbox takes no more. */
  private List<String> fill(String sender) {
    var sent = new ArrayList<String>();
    Answer last = relay.send(sender, message(bob, LARGE));
    while (last.status() == 201) {
      sent.add(last.text("message_id"));
      last = relay.send(sender, message(bob, LARGE));
    }
    return sent;
  }

  private List<String> pending() {
    return relay
        .pending(bob, Map.of())
        .body()
        .get("messages")
        .valueStream()
        .map(message -> message.get("id").textValue())
        .toList();
  }
}
