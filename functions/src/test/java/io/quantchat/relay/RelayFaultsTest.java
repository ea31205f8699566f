package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.StoreTables;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay on tables that do what real ones do now and then. */
class RelayFaultsTest {

  private final ScriptedFaults faults = Faults.scripted();
  private final RelayFixture relay = new RelayFixture(StoreTables.failing(faults));
  private final String alice = relay.account();
  private final String bob = relay.account();

  /** The keys of tokens are read once, and then for minutes not again. */
  RelayFaultsTest() {
    relay.areContacts(alice, bob);
  }

  @BeforeEach
  void keysAreKnown() {
    assertThat(relay.pending(alice, Map.of()).status()).isEqualTo(200);
  }

  @Test
  void whoSendsAgainBecauseTheAnswerWasLostHasSentOneMessage() {
    ObjectNode message = message(bob, "hi").put("message_id", relay.messageId());
    faults.then("PutItem", Fault.TIMEOUT_AFTER);

    assertThat(relay.send(alice, message).status()).isEqualTo(503);
    assertThat(faults.isOver()).isTrue();
    assertThat(relay.send(alice, message).status()).isEqualTo(200);

    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
    assertThat(relay.pending(bob, Map.of()).body().get("count").intValue()).isEqualTo(1);
  }

  @Test
  void whatNeverArrivedCanBeSentAgain() {
    ObjectNode message = message(bob, "hi").put("message_id", relay.messageId());
    faults.then("PutItem", Fault.TIMEOUT_BEFORE).then("PutItem", Fault.THROTTLED);

    assertThat(relay.send(alice, message).status()).isEqualTo(503);
    assertThat(relay.send(alice, message).status()).isEqualTo(503);
    assertThat(faults.isOver()).isTrue();
    assertThat(relay.rows(Queue.INBOX, bob)).isEmpty();

    assertThat(relay.send(alice, message).status()).isEqualTo(201);
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
  }

  @Test
  void anAcknowledgementWhoseAnswerWasLostIsRepeatedWithoutHarm() {
    String id = relay.send(alice, message(bob, "hi")).text("message_id");
    faults.then("DeleteItem", Fault.TIMEOUT_AFTER);

    assertThat(relay.acknowledge(bob, id).status()).isEqualTo(503);
    assertThat(faults.isOver()).isTrue();
    relay.acknowledge(bob, id);

    assertThat(relay.rows(Queue.INBOX, bob)).isEmpty();
  }

  /** Both looks are stale; the second asks for a consistent answer, which none can make stale. */
  @Test
  void anAccountThatAStaleReadDoesNotShowYetGetsItsMessage() {
    String fresh = relay.account();
    faults.then("GetItem", Fault.STALE).then("GetItem", Fault.STALE);

    assertThat(relay.send(alice, message(fresh, "hi")).status()).isEqualTo(201);

    assertThat(faults.isOver()).isTrue();
    assertThat(relay.rows(Queue.INBOX, fresh)).hasSize(1);
  }

  @Test
  void whatWasStoredIsFetchedAtOnceHoweverStaleOtherReadsAre() {
    relay.send(alice, message(bob, "hi"));
    faults.then("Query", Fault.STALE);

    assertThat(relay.pending(bob, Map.of()).body().get("count").intValue()).isEqualTo(1);
    assertThat(faults.isOver()).isTrue();
  }
}
