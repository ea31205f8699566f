package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.ServerRefusalException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers, and recipients who have no room for now. */
@ExtendWith(RelayExtension.class)
class TurnedAwayTest {

  @TempDir private Path folder;

  private TestRelay relay;
  private Person ann;
  private Person ben;

  @BeforeEach
  void meet(TestRelay relay, TwoPeople people) {
    this.relay = relay;
    ann = people.ann();
    ben = people.ben();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stranger_allowance", "inbox_full"})
  void aRecipientWhoHasNoRoomHoldsUpNobodyElseAndLosesNothing(String code) {
    var clock = new TestClock();
    ann.close();
    ann.start(Person.surroundings(clock, step -> {}));
    try (Person cid = Person.registered(relay, folder, "cid")) {
      relay.forget();
      relay.turnAway(ben.id(), code, Duration.ofSeconds(100));
      Message toBen = ann.client.send(ben.id(), "One.");
      ann.client.send(ben.id(), "Two.");
      Message toCid = ann.client.send(cid.id(), "Three.");

      assertThat(ann.client.sync()).isFalse();
      assertThat(ann.stateOf(toCid)).isEqualTo(MessageState.SENT);
      assertThat(ann.nextFailure())
          .isInstanceOf(ServerRefusalException.class)
          .hasMessage("No room for now.");

      relay.restore();
      clock.advance(Duration.ofSeconds(90));
      assertThat(ann.client.sync()).isFalse();
      assertThat(relay.countOf("/relay/send")).isEqualTo(2);
      assertThat(ann.stateOf(toBen)).isEqualTo(MessageState.SENDING);

      clock.advance(Duration.ofSeconds(11));
      assertThat(ann.client.sync()).isTrue();
      ben.client.sync();
      assertThat(ben.textsWith(ann)).containsExactly("One.", "Two.");
    }
  }

  @Test
  void aMessageOfSomebodyWhoIsNoContactSaysSo() {
    ann.client.send(ben.id(), "Who are you?");
    ann.client.sync();
    ben.client.sync();
    ben.client.addContact(ann.email);
    ann.client.send(ben.id(), "Thank you.");
    ann.client.sync();
    ben.client.sync();

    assertThat(ben.client.conversation(ann.id()))
        .extracting(message -> message.details().containsKey(Message.STRANGER))
        .containsExactly(true, false);
  }
}
