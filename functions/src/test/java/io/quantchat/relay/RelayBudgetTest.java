package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.testing.Call;
import io.quantchat.testing.Spent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each operation has a budget, counted as the database bills it. */
class RelayBudgetTest {

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();

  /** The keys of tokens are read once in minutes, not with every request. */
  @BeforeEach
  void keysAreKnown() {
    relay.areContacts(alice, bob);
    relay.pending(bob, Map.of());
  }

  @Test
  void aSendToSomeoneOfflineIsTwoRoundTripsTwoAndAHalfUnitsReadAndOnePut() throws Exception {
    Spent spent = relay.counter.during(() -> relay.send(alice, message(bob, "hi")));

    assertThat(spent.calls())
        .containsExactlyInAnyOrder(
            new Call("GetItem", "AccountsTable", 0.5, 1),
            new Call("GetItem", "ContactsTable", 0.5, 1),
            new Call("Query", "ConnectionsTable", 1.0, 1),
            new Call("Query", "ConnectionsTable", 0.5, 1),
            new Call("PutItem", "RelayMessagesTable", 1.0, 2));
  }

  @Test
  void aSendToSomeoneOnlineCostsTheSame() throws Exception {
    relay.connect(bob);
    relay.connect(alice);

    Spent spent = relay.counter.during(() -> relay.send(alice, message(bob, "hi")));

    assertThat(spent.readUnits()).isEqualTo(2.5);
    assertThat(spent.writeUnits()).isEqualTo(1.0);
    assertThat(spent.calls()).hasSize(5);
  }

  @Test
  void aRepeatCostsNoMore() throws Exception {
    ObjectNode message = message(bob, "hi").put("message_id", relay.messageId());
    relay.send(alice, message);

    Spent spent = relay.counter.during(() -> relay.send(alice, message));

    assertThat(spent.readUnits()).isEqualTo(2.5);
    assertThat(spent.requests("PutItem")).isEqualTo(1);
    assertThat(spent.calls()).hasSize(5);
  }

  @Test
  void aPageIsOneQuery() throws Exception {
    for (int count = 0; count < 5; count++) {
      relay.send(alice, message(bob, "hi"));
    }

    for (Map<String, String> page :
        List.of(Map.of("limit", "3"), Map.of("limit", "5"), Map.<String, String>of())) {
      Spent spent = relay.counter.during(() -> relay.pending(bob, page));

      assertThat(spent.besidesWhetherLeft().calls())
          .containsExactly(new Call("Query", "RelayMessagesTable", 1.0, 1));
    }
  }

  @Test
  void aLargePageIsOneQueryForEachMebibyte() throws Exception {
    for (int count = 0; count < 30; count++) {
      relay.send(alice, message(bob, "-".repeat(90_000)));
    }

    Spent limited = relay.counter.during(() -> relay.pending(bob, Map.of("limit", "100")));
    Spent whole = relay.counter.during(() -> relay.pending(bob, Map.of()));

    assertThat(limited.besidesWhetherLeft().calls()).hasSize(1);
    assertThat(whole.besidesWhetherLeft().calls()).hasSize(3);
  }

  @Test
  void anAcknowledgementIsOneDelete() throws Exception {
    String id = relay.send(alice, message(bob, "hi")).text("message_id");

    Spent spent = relay.counter.during(() -> relay.acknowledge(bob, id));

    assertThat(spent.besidesWhetherLeft().calls())
        .containsExactly(new Call("DeleteItem", "RelayMessagesTable", 1.0, 1));
  }

  @Test
  void aHundredAcknowledgementsAreAHundredDeletesAtOnce() throws Exception {
    ObjectNode body = Json.object();
    Stream.generate(() -> relay.send(alice, message(bob, "hi")))
        .limit(100)
        .forEach(answer -> body.withArray("message_ids").add(answer.body().get("message_id")));

    Spent spent =
        relay.counter.during(() -> relay.post(bob, "/relay/acknowledge", body.toString()));

    assertThat(spent.besidesWhetherLeft().calls())
        .hasSize(100)
        .containsOnly(new Call("DeleteItem", "RelayMessagesTable", 1.0, 1));
    assertThat(relay.pending(bob, Map.of()).body().get("messages")).isEmpty();
  }

  @Test
  void aConversationIsAQueryOfOnesOwnInboxAndThenTheOthersTwoQueuesAtOnce() throws Exception {
    relay.send(alice, message(bob, "hi"));

    Spent spent = relay.counter.during(() -> relay.conversation(alice, bob, Map.of()));

    assertThat(spent.besidesWhetherLeft().calls())
        .containsExactlyInAnyOrder(
            new Call("Query", "RelayMessagesTable", 1.0, 1),
            new Call("GetItem", "ContactsTable", 0.5, 1),
            new Call("GetItem", "ContactsTable", 0.5, 1),
            new Call("Query", "RelayMessagesTable", 1.0, 2),
            new Call("Query", "RelayMessagesTable", 1.0, 2));
  }
}
