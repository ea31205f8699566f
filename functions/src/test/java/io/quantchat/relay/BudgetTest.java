package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.relay.Probe.Call;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each operation may cost, counted as the database bills it. */
class BudgetTest {

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();

  /** The keys of tokens are read once in minutes, not with every request. */
  @BeforeEach
  void keysAreKnown() {
    relay.pending(bob, Map.of());
    relay.probe.forget();
  }

  @Test
  void aSendToSomeoneOfflineIsTwoRoundTripsTwoUnitsReadAndOnePut() {
    relay.send(alice, message(bob, "hi"));

    assertThat(relay.probe.calls())
        .containsExactlyInAnyOrder(
            new Call("GetItem", relay.accountsTable, 0.5),
            new Call("Query", relay.connectionsTable, 1.0),
            new Call("Query", relay.connectionsTable, 0.5),
            new Call("PutItem", relay.messagesTable, 1.0));
    assertThat(relay.probe.calls().getLast().operation()).isEqualTo("PutItem");
  }

  @Test
  void aSendToSomeoneOnlineCostsTheSame() {
    relay.connect(bob);
    relay.connect(alice);

    relay.send(alice, message(bob, "hi"));

    assertThat(units(relay.probe.calls(), "GetItem", "Query")).isEqualTo(2.0);
    assertThat(units(relay.probe.calls(), "PutItem")).isEqualTo(1.0);
    assertThat(relay.probe.calls()).hasSize(4);
  }

  @Test
  void theLooksBeforeAPutAreMadeAtOnce() {
    relay.probe.requireTogether(3, "GetItem", "Query");

    assertThat(relay.send(alice, message(bob, "hi")).status()).isEqualTo(201);
  }

  @Test
  void aRepeatCostsNoMore() {
    ObjectNode message = message(bob, "hi").put("message_id", relay.messageId());
    relay.send(alice, message);
    relay.probe.forget();

    relay.send(alice, message);

    assertThat(units(relay.probe.calls(), "GetItem", "Query")).isEqualTo(2.0);
    assertThat(relay.probe.operations("PutItem")).isEqualTo(1);
    assertThat(relay.probe.calls()).hasSize(4);
  }

  @Test
  void aPageIsOneQuery() {
    for (int count = 0; count < 5; count++) {
      relay.send(alice, message(bob, "hi"));
    }
    relay.probe.forget();

    relay.pending(bob, Map.of("limit", "3"));
    relay.pending(bob, Map.of("limit", "5"));
    relay.pending(bob, Map.of());

    assertThat(relay.probe.calls())
        .containsExactly(
            new Call("Query", relay.messagesTable, 1.0),
            new Call("Query", relay.messagesTable, 1.0),
            new Call("Query", relay.messagesTable, 1.0));
  }

  @Test
  void aLargePageIsOneQueryForEachMebibyte() {
    for (int count = 0; count < 30; count++) {
      relay.send(alice, message(bob, "-".repeat(90_000)));
    }
    relay.probe.forget();

    relay.pending(bob, Map.of("limit", "100"));
    assertThat(relay.probe.calls()).hasSize(1);

    relay.pending(bob, Map.of());
    assertThat(relay.probe.calls()).hasSize(1 + 3);
  }

  @Test
  void anAcknowledgementIsOneDelete() {
    String id = relay.send(alice, message(bob, "hi")).body().get("message_id").textValue();
    relay.probe.forget();

    relay.acknowledge(bob, id);

    assertThat(relay.probe.calls())
        .containsExactly(new Call("DeleteItem", relay.messagesTable, 1.0));
  }

  @Test
  void aHundredAcknowledgementsAreAHundredDeletesAtOnce() {
    ObjectNode body = Json.object();
    Stream.generate(() -> relay.send(alice, message(bob, "hi")))
        .limit(100)
        .forEach(answer -> body.withArray("message_ids").add(answer.body().get("message_id")));
    relay.probe.forget();
    relay.probe.requireTogether(100, "DeleteItem");

    relay.post(bob, "/relay/acknowledge", body.toString());

    assertThat(relay.probe.calls())
        .hasSize(100)
        .containsOnly(new Call("DeleteItem", relay.messagesTable, 1.0));
    assertThat(relay.pending(bob, Map.of()).body().get("messages")).isEmpty();
  }

  @Test
  void aConversationIsOneQueryForEachOfItsThreeQueues() {
    relay.send(alice, message(bob, "hi"));
    relay.probe.forget();
    relay.probe.requireTogether(3, "Query");

    relay.conversation(alice, bob, Map.of());

    assertThat(relay.probe.calls())
        .containsExactly(
            new Call("Query", relay.messagesTable, 1.0),
            new Call("Query", relay.messagesTable, 1.0),
            new Call("Query", relay.messagesTable, 1.0));
  }

  private static double units(List<Call> calls, String... operations) {
    return calls.stream()
        .filter(call -> List.of(operations).contains(call.operation()))
        .mapToDouble(Call::units)
        .sum();
  }
}
