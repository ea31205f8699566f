package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Parallel;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import io.quantchat.testing.Spent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bob has added Alice, and nobody else. */
class StrangerTest {

  /** Units of a day that the policy gives one stranger, and all together. */
  private static final int MOST = 128;

  private static final int MOST_OF_ALL = 512;

  /** What its row takes is more than 19 units and less than 20. */
  private static final String LARGE = "-".repeat(79_000);

  private static final int LARGE_UNITS = 20;

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();
  private final String stranger = relay.account();

  StrangerTest() {
    relay.hasAdded(bob, alice);
  }

  @Test
  void aStrangersMessageIsMarkedWhereverTheRecipientSeesItAndAContactsNowhere() {
    String socket = relay.connect(bob);
    relay.send(stranger, message(bob, "hi"));
    relay.send(stranger, message(bob, "-".repeat(90_000)));
    relay.send(alice, message(bob, "hi"));

    assertThat(relay.world.sockets.framesOf(socket))
        .extracting(frame -> frame.at("/payload/stranger"))
        .extracting(JsonNode::toString)
        .containsExactly("true", "true", "");
    assertThat(marks(pending())).containsExactly("true", "true", "");
    assertThat(marks(relay.conversation(bob, stranger, Map.of()).body()))
        .containsExactly("true", "true");
    assertThat(marks(relay.conversation(bob, alice, Map.of()).body())).containsExactly("");
  }

  @Test
  void theSenderDoesNotSeeWhetherItIsAStranger() {
    String socket = relay.connect(stranger);
    relay.hasAdded(stranger, bob);
    Answer answer = relay.send(stranger, message(bob, "hi"));
    relay.hasAdded(bob, stranger);

    assertThat(answer.body().has("stranger")).isFalse();
    assertThat(relay.world.sockets.framesOf(socket).getFirst().at("/payload").has("stranger"))
        .isFalse();
    assertThat(marks(relay.conversation(stranger, bob, Map.of()).body())).containsExactly("");
  }

  @Test
  void aMessageOfSomebodyAddedLaterIsNoStrangersAnyMore() {
    relay.send(stranger, message(bob, "hi"));
    relay.hasAdded(bob, stranger);

    assertThat(marks(pending())).containsExactly("");
    assertThat(marks(relay.conversation(bob, stranger, Map.of()).body())).containsExactly("");
  }

  @Test
  void whatOneWritesToOneselfIsNoStrangers() {
    relay.send(bob, message(bob, "note"));

    assertThat(marks(pending())).containsExactly("");
  }

  @Test
  void sendersOfAPageAreLookedUpOnlyWhereTheyAreStrangers() throws Exception {
    relay.send(alice, message(bob, "hi"));
    Spent ofContacts = relay.counter.during(this::pending);
    relay.send(stranger, message(bob, "hi"));
    relay.send(stranger, message(bob, "hi again"));
    Spent ofStrangers = relay.counter.during(this::pending);

    assertThat(ofContacts.besidesWhetherLeft().calls()).hasSize(1);
    assertThat(ofStrangers.besidesWhetherLeft().calls()).hasSize(2);
  }

  @Test
  void aStrangersMessagesOfADayAreFew() {
    for (int count = 0; count < MOST; count++) {
      relay.send(stranger, message(bob, "hi")).expect(201);
    }

    Answer refused = relay.send(stranger, message(bob, "one more"));

    assertThat(refused.detail(429)).contains("stranger allowance");
    assertThat(refused.text("code")).isEqualTo("stranger_allowance");
    assertThat(refused.headers().path("Retry-After").asInt()).isBetween(1, 14 * 3600);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(MOST);
    relay.send(alice, message(bob, "hi")).expect(201);
    relay.send(stranger, message(alice, "hi")).expect(201);
  }

  @Test
  void manyAtOnceGetNoMore() {
    String body = message(bob, "hi").toString();
    List<Integer> answers =
        Parallel.map(
            Collections.nCopies(MOST + 60, body),
            each -> relay.post(stranger, "/relay/send", each).status());

    assertThat(answers).containsOnly(201, 429);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(MOST);
  }

  @Test
  void aStrangersBytesOfADayAreFew() {
    int most = MOST / LARGE_UNITS;
    for (int count = 0; count < most; count++) {
      relay.send(stranger, message(bob, LARGE)).expect(201);
    }

    assertThat(relay.send(stranger, message(bob, LARGE)).text("code"))
        .isEqualTo("stranger_allowance");
    relay.send(stranger, message(bob, "little")).expect(201);
  }

  @Test
  void allStrangersTogetherAreBoundedAndAContactIsNot() {
    int sent = 0;
    Answer last = relay.send(relay.account(), message(bob, LARGE));
    while (last.status() == 201) {
      sent++;
      last = relay.send(relay.account(), message(bob, LARGE));
    }

    assertThat(sent).isEqualTo(MOST_OF_ALL / LARGE_UNITS);
    assertThat(last.text("code")).isEqualTo("stranger_allowance");
    relay.send(alice, message(bob, LARGE)).expect(201);
  }

  @Test
  void theNextDayIsANewOne() {
    exhaust(stranger);
    relay.world.clock.advance(Duration.ofDays(1));

    relay.send(stranger, message(bob, "hi")).expect(201);
  }

  @Test
  void onceAddedASenderHasNoAllowanceToMeet() {
    exhaust(stranger);
    relay.hasAdded(bob, stranger);

    relay.send(stranger, message(bob, "hi")).expect(201);
  }

  @Test
  void aBlockedStrangerIsCountedAndRefusedLikeAnyOther() throws Exception {
    String blocked = relay.account();
    relay.world.blocks.block(bob, blocked);
    pending();
    Spent ofBlocked = relay.counter.during(() -> relay.send(blocked, message(bob, "hi")));
    Spent ofStranger = relay.counter.during(() -> relay.send(stranger, message(bob, "hi")));
    exhaust(blocked);
    exhaust(stranger);

    Answer toBlocked = relay.send(blocked, message(bob, "one more"));
    Answer toStranger = relay.send(stranger, message(bob, "one more"));

    assertThat(ofBlocked.calls()).containsExactlyInAnyOrderElementsOf(ofStranger.calls());
    assertThat(toBlocked.body()).isEqualTo(toStranger.body());
    assertThat(toBlocked.status()).isEqualTo(429);
  }

  @Test
  void aRepeatIsCountedOnceAndAnsweredThoughTheAllowanceIsUsedUp() {
    for (String sender : List.of(stranger, blocked())) {
      ObjectNode message = message(bob, "hi").put("message_id", relay.messageId());
      relay.send(sender, message).expect(201);
      for (int count = 0; count < MOST; count++) {
        relay.send(sender, message).expect(200);
      }
      exhaust(sender);

      relay.send(sender, message).expect(200);
      assertThat(relay.send(sender, message.deepCopy().put("encrypted_content", "x")).status())
          .isEqualTo(429);
    }
  }

  private String blocked() {
    String blocked = relay.account();
    relay.world.blocks.block(bob, blocked);
    return blocked;
  }

  private void exhaust(String sender) {
    var answers = new ArrayList<Answer>();
    do {
      answers.add(relay.send(sender, message(bob, "hi")));
    } while (answers.getLast().status() == 201);
  }

  private JsonNode pending() {
    return relay.pending(bob, Map.of()).body().get("messages");
  }

  private static Stream<String> marks(JsonNode messages) {
    return messages.valueStream().map(message -> message.path("stranger").toString());
  }
}
