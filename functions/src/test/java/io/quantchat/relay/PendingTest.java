package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.json;
import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import io.quantchat.testing.Spent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingTest {

  private static final int MIB = 1024 * 1024;

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();

  PendingTest() {
    relay.areContacts(alice, bob);
  }

  @Test
  void anEmptyInboxIsAnEmptyPage() {
    assertThat(relay.pending(bob, Map.of()).body())
        .isEqualTo(json("{'success':true,'count':0,'messages':[],'next_cursor':null}"));
  }

  @Test
  void messagesComeOldestFirst() {
    List<String> sent = send(5, "hi");

    Answer answer = relay.pending(bob, Map.of());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(ids(answer)).isEqualTo(sent);
    assertThat(answer.body().get("count").intValue()).isEqualTo(5);
    assertThat(answer.body().get("next_cursor").isNull()).isTrue();
  }

  @Test
  void messagesOfOneMillisecondComeInTheirOrder() {
    var sent = new ArrayList<String>();
    for (int count = 0; count < 20; count++) {
      relay.world.clock.advance(Duration.ofNanos(1000));
      Answer answer = relay.post(alice, "/relay/send", message(bob, "hi").toString());
      sent.add(answer.body().get("message_id").textValue());
    }

    assertThat(ids(relay.pending(bob, Map.of()))).isEqualTo(sent);
  }

  @Test
  void aWalkWithALimitGivesEachMessageOnceAndEndsWithTheLast() {
    List<String> sent = send(7, "hi");

    Answer first = relay.pending(bob, Map.of("limit", "3"));
    Answer second = relay.pending(bob, Map.of("limit", "3", "cursor", cursor(first)));
    Answer third = relay.pending(bob, Map.of("limit", "3", "cursor", cursor(second)));

    assertThat(ids(first)).isEqualTo(sent.subList(0, 3));
    assertThat(ids(second)).isEqualTo(sent.subList(3, 6));
    assertThat(ids(third)).isEqualTo(sent.subList(6, 7));
    assertThat(third.body().get("next_cursor").isNull()).isTrue();
  }

  @Test
  void aPageThatTakesExactlyWhatThereIsIsTheLast() {
    List<String> sent = send(3, "hi");

    Answer answer = relay.pending(bob, Map.of("limit", "3"));

    assertThat(ids(answer)).isEqualTo(sent);
    assertThat(answer.body().get("next_cursor").isNull()).isTrue();
  }

  @Test
  void aWalkGoesOnBehindAMessageThatWasAcknowledgedMeanwhile() {
    List<String> sent = send(4, "hi");
    Answer first = relay.pending(bob, Map.of("limit", "2"));
    sent.forEach(id -> relay.acknowledge(bob, sent.get(1)));

    Answer second = relay.pending(bob, Map.of("limit", "2", "cursor", cursor(first)));

    assertThat(ids(second)).isEqualTo(sent.subList(2, 4));
  }

  @Test
  void aCursorLeadsOnlyThroughOnesOwnInbox() {
    send(3, "hi");
    Answer bobs = relay.pending(bob, Map.of("limit", "1"));
    relay.send(bob, message(alice, "to alice"));

    Answer alices = relay.pending(alice, Map.of("cursor", cursor(bobs)));

    assertThat(alices.body().get("messages").valueStream().map(this::content))
        .containsExactly("to alice");
  }

  @Test
  void expiryIsExactThoughTheRowIsStillThere() {
    String id = relay.send(alice, message(bob, "hi")).body().get("message_id").textValue();

    relay.world.clock.advance(Message.RETENTION.minusMillis(1));
    assertThat(ids(relay.pending(bob, Map.of()))).containsExactly(id);

    relay.world.clock.advance(Duration.ofMillis(1));
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
    assertThat(ids(relay.pending(bob, Map.of()))).isEmpty();
    assertThat(ids(relay.pending(bob, Map.of("limit", "1")))).isEmpty();
    assertThat(relay.acknowledge(bob, id).status()).isEqualTo(404);
    assertThat(relay.conversation(bob, alice, Map.of()).body()).isEmpty();
    assertThat(relay.conversation(alice, bob, Map.of()).body()).isEmpty();
  }

  @Test
  void expiredRowsTakeNobodysPlaceInAPage() {
    send(5, "old");
    relay.world.clock.advance(Message.RETENTION);
    List<String> sent = send(3, "new");

    Answer answer = relay.pending(bob, Map.of("limit", "2"));

    assertThat(ids(answer)).isEqualTo(sent.subList(0, 2));
    assertThat(ids(relay.pending(bob, Map.of("limit", "2", "cursor", cursor(answer)))))
        .isEqualTo(sent.subList(2, 3));
  }

  @Test
  void whatExpiredAndIsNotReapedIsPassedOverByWhoKnowsNoCursors() throws Exception {
    send(70, "x".repeat(90_000));
    relay.world.clock.advance(Message.RETENTION);
    List<String> sent = send(3, "new");

    var answers = new ArrayList<Answer>();
    Spent spent = relay.counter.during(() -> answers.add(relay.pending(bob, Map.of())));

    assertThat(ids(answers.getFirst())).isEqualTo(sent);
    assertThat(spent.besidesWhetherLeft().calls())
        .hasSizeLessThanOrEqualTo(InboxWalk.MOST_STRETCHES);
    assertThat(walk(Map.of()).stream().flatMap(page -> ids(page).stream()).distinct())
        .containsExactlyElementsOf(sent);
  }

  @Test
  void whatExpiredAndIsNotReapedIsWalkedThroughInCallsOfBoundedWork() throws Exception {
    send(70, "x".repeat(90_000));
    relay.world.clock.advance(Message.RETENTION);
    List<String> sent = send(3, "new");

    var pages = new ArrayList<Answer>();
    var query = new HashMap<>(Map.of("limit", "100"));
    do {
      Spent spent = relay.counter.during(() -> pages.add(relay.pending(bob, query)));
      assertThat(spent.besidesWhetherLeft().calls())
          .hasSizeLessThanOrEqualTo(InboxWalk.MOST_STRETCHES_LIMITED);
      query.put("cursor", cursor(pages.getLast()));
    } while (query.get("cursor") != null);

    assertThat(pages).hasSizeBetween(3, 7);
    assertThat(ids(pages.getFirst())).isEmpty();
    assertThat(pages.stream().flatMap(page -> ids(page).stream())).containsExactlyElementsOf(sent);
  }

  @Test
  void whatWaitedLongAtItsSendersIsFoundAmongWhatExpired() {
    send(25, "x".repeat(90_000));
    String late = relay.messageId();
    relay.world.clock.advance(Duration.ofMillis(1));
    send(5, "old");
    relay.world.clock.advance(Draft.BEHIND.minusMinutes(1));
    relay.send(alice, message(bob, "late").put("message_id", late));
    relay.world.clock.advance(Duration.ofDays(1));
    List<String> sent = send(3, "new");

    assertThat(ids(relay.pending(bob, Map.of())))
        .containsExactly(late, sent.get(0), sent.get(1), sent.get(2));
    assertThat(walk(Map.of("limit", "2")).stream().flatMap(page -> ids(page).stream()))
        .containsExactly(late, sent.get(0), sent.get(1), sent.get(2));
  }

  @Test
  void whatCanOnlyHaveExpiredIsNotRead() throws Exception {
    send(15, "x".repeat(90_000));
    relay.world.clock.advance(Message.RETENTION.plus(Draft.BEHIND).plusSeconds(1));
    relay.pending(alice, Map.of());

    Spent spent = relay.counter.during(() -> relay.pending(bob, Map.of()));

    assertThat(spent.besidesWhetherLeft().readUnits()).isEqualTo(1.0);
  }

  @Test
  void aPageWithALimitStaysWithinOneMebibyte() {
    List<String> sent = send(25, "x".repeat(90_000));

    List<Answer> walk = walk(Map.of("limit", "100"));

    assertThat(walk).allSatisfy(page -> assertThat(page.bytes()).isLessThan(MIB + 1000));
    assertThat(walk).hasSize(3);
    assertThat(walk.stream().flatMap(page -> ids(page).stream())).containsExactlyElementsOf(sent);
  }

  @Test
  void withoutALimitAPageFillsFourMebibytesOfTheGatewaysAnswer() {
    List<String> sent = send(60, "x".repeat(60_000) + "\"\\\n".repeat(5_000));

    List<Answer> walk = walk(Map.of());

    assertThat(walk).allSatisfy(page -> assertThat(page.bytes()).isLessThan(4 * MIB + 1000));
    assertThat(walk.getFirst().bytes()).isGreaterThan(4 * MIB - 120_000);
    assertThat(walk.stream().flatMap(page -> ids(page).stream())).containsExactlyElementsOf(sent);
  }

  private List<Answer> walk(Map<String, String> query) {
    var pages = new ArrayList<Answer>();
    var next = new HashMap<>(query);
    do {
      pages.add(relay.pending(bob, next));
      next.put("cursor", cursor(pages.getLast()));
    } while (next.get("cursor") != null);
    return pages;
  }

  private List<String> send(int number, String content) {
    return IntStream.range(0, number)
        .mapToObj(
            index -> relay.send(alice, message(bob, content)).body().get("message_id").textValue())
        .toList();
  }

  private String content(JsonNode message) {
    return message.get("encrypted_content").textValue();
  }

  private static String cursor(Answer page) {
    return page.body().get("next_cursor").textValue();
  }

  private static List<String> ids(Answer page) {
    return page.body()
        .get("messages")
        .valueStream()
        .map(message -> message.get("id").textValue())
        .toList();
  }
}
