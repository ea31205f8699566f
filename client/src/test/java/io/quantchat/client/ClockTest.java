package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A clock that is off, jumps, and is set: nothing is lost, and nothing changes its place. */
@ExtendWith(RelayExtension.class)
class ClockTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private TestRelay relay;
  private Person ann;
  private Person ben;
  private TestClock clock;

  @BeforeEach
  void meet(TestRelay relay, Person resident, @TempDir Path folder) {
    this.relay = relay;
    ann = Person.registered(relay, folder, "ann");
    ben = resident;
    clock = new TestClock();
    ann.close();
    ann.start(Person.surroundings(clock, step -> {}));
  }

  @AfterEach
  void leave() {
    relay.restore();
    ann.close();
  }

  @Test
  void whatIsWrittenWhileTheClockIsFastWaitsAndGoesOutInItsPlaceOnceItIsRight() {
    Message first = ann.client.send(ben.id(), "Before.");
    assertThat(ann.client.sync()).isTrue();
    clock.jump(HOUR);
    Message ahead = ann.client.send(ben.id(), "While it is an hour fast.");

    assertThat(ann.client.sync()).isFalse();
    assertThat(ann.stateOf(ahead)).isEqualTo(MessageState.SENDING);
    clock.jump(HOUR.negated());
    ann.client.send(ben.id(), "After.");
    assertThat(ann.client.sync()).isTrue();
    assertThat(ben.client.sync()).isTrue();

    assertThat(ann.textsWith(ben))
        .containsExactly("Before.", "While it is an hour fast.", "After.");
    assertThat(ben.textsWith(ann)).isEqualTo(ann.textsWith(ben));
    Person.Reissued reissued =
        ann.await(Person.Reissued.class, one -> one.oldId().equals(ahead.id()));
    assertThat(ben.client.conversation(ann.id()))
        .extracting(Message::id)
        .startsWith(first.id(), reissued.message().id());
    assertThat(ann.client.conversation(ben.id()))
        .extracting(Message::state)
        .containsOnly(MessageState.SENT);
  }

  @Test
  void theUserIsToldOnceByHowMuchTheClockIsOffAndAgainIfItIsOffByAnotherTime() {
    ann.client.sync();
    clock.jump(HOUR.negated());
    for (int i = 0; i < 3; i++) {
      ann.client.sync();
    }
    clock.jump(HOUR);
    ann.client.sync();
    clock.jump(Duration.ofDays(2));
    ann.client.sync();

    List<Duration> told =
        ann.told(Person.ClockOff.class).stream().map(Person.ClockOff::ahead).toList();

    assertThat(told).hasSize(2);
    assertThat(told.getFirst())
        .isBetween(HOUR.negated().minusMinutes(1), HOUR.negated().plusMinutes(1));
    assertThat(told.getLast())
        .isBetween(Duration.ofDays(2).minusMinutes(1), Duration.ofDays(2).plusMinutes(1));
  }

  @Test
  void anAnswerWrittenByASlowClockStandsBelowItsQuestion() {
    ann.client.send(ben.id(), "Are you there?");
    ann.client.sync();
    ben.client.sync();
    ben.client.send(ann.id(), "Where?");
    ben.client.sync();
    ann.client.sync();
    clock.jump(Duration.ofMinutes(-8));
    ann.client.sync();
    Message answer = ann.client.send(ben.id(), "At the old mill.");
    ann.client.sync();
    ben.client.sync();

    assertThat(ann.textsWith(ben)).containsExactly("Are you there?", "Where?", "At the old mill.");
    assertThat(ben.textsWith(ann)).containsExactly("Are you there?", "Where?", "At the old mill.");
    Message came = ben.client.conversation(ann.id()).getLast();
    assertThat(came.created()).isEqualTo(answer.created());
    assertThat(Duration.between(came.created(), came.arrived()))
        .isGreaterThan(Duration.ofMinutes(7));
  }

  @Test
  void whatWasSentWhileTheClockWasRightStaysAboveWhatCameAfterItJumped() {
    ann.client.send(ben.id(), "One.");
    clock.jump(Duration.ofDays(-3));
    ann.client.send(ben.id(), "Two.");
    ann.close();
    ann.start(Person.surroundings(clock, step -> {}));
    ann.client.send(ben.id(), "Three.");
    clock.jump(Duration.ofDays(3));
    ann.client.sync();
    ben.client.sync();

    assertThat(ann.textsWith(ben)).containsExactly("One.", "Two.", "Three.");
    assertThat(ben.textsWith(ann)).containsExactly("One.", "Two.", "Three.");
  }

  @Test
  void aMessageWrittenWhileTheClockWasYearsBehindGoesOutOnceItIsRight() {
    ann.client.sync();
    clock.jump(Duration.ofDays(-3650));
    Message sent = ann.client.send(ben.id(), "Of another time.");
    ann.close();

    ann.start(step -> {});
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();

    assertThat(ann.client.conversation(ben.id()))
        .extracting(Message::state)
        .containsExactly(MessageState.SENT);
    Message came = ben.client.conversation(ann.id()).getLast();
    assertThat(came.text()).isEqualTo("Of another time.");
    assertThat(came.created()).isAfter(Instant.now().minus(HOUR));
    assertThat(came.id()).isNotEqualTo(sent.id());
  }

  @Test
  void aMessageThatReallyWaitedForMoreThanTheRelayTakesFailsAndCanBeSentAgain() throws IOException {
    ann.close();
    Duration ago = WEEK.plusDays(1).negated();
    ann.start(Person.surroundings(TestClock.wrongBy(ago), step -> {}), relay.serversWrongBy(ago));
    ann.client.sync();
    Message sent = ann.client.send(ben.id(), "From last week.");
    ann.close();
    relay.restore();

    ann.start(step -> {});
    assertThat(ann.client.sync()).isTrue();

    assertThat(ann.stateOf(sent)).isEqualTo(MessageState.FAILED);
    assertThat(ann.client.conversation(ben.id()).getFirst().details().get(Message.FAILURE))
        .asString()
        .contains("within the last 7 days")
        .doesNotContain("message_id", "created_at");
    Message again = ann.client.retry(sent.id());
    assertThat(ann.client.sync()).isTrue();
    assertThat(ann.stateOf(again)).isEqualTo(MessageState.SENT);
    ben.client.sync();
    assertThat(ben.textsWith(ann)).containsExactly("From last week.");
    UUID gone = sent.id();
    assertThatThrownBy(() -> ann.client.retry(gone)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ann.client.retry(again.id()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The clock agrees with what the server says, and the relay refuses all the same. */
  @Test
  void whatTheRelayRefusesForTheClocksSakeIsSealedAnewOnceTheServersTimeIsKnown()
      throws IOException {
    agreeOnAnHourAhead();
    Message sent = ann.client.send(ben.id(), "An hour early.");
    assertThat(ann.client.sync()).isFalse();
    assertThat(ann.stateOf(sent)).isEqualTo(MessageState.SENDING);
    relay.restore();
    clock.jump(HOUR.negated());

    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();

    assertThat(ann.stateOf(ann.client.conversation(ben.id()).getFirst()))
        .isEqualTo(MessageState.SENT);
    assertThat(ben.textsWith(ann)).containsExactly("An hour early.");
    assertThat(relay.countOf("/relay/send")).isEqualTo(2);
  }

  @Test
  void overASocketARefusalForTheClocksSakeIsTheSame() throws IOException {
    agreeOnAnHourAhead();
    ann.connect();
    Message sent = ann.client.send(ben.id(), "An hour early.");
    Person.awaitUntil(() -> relay.countOf("/keys/prekeys/count") > 0);
    relay.restore();
    clock.jump(HOUR.negated());
    ben.connect();

    assertThat(ben.await(Person.Came.class, any -> true).message().text())
        .isEqualTo("An hour early.");
    assertThat(ann.await(Person.Reissued.class, any -> true).oldId()).isEqualTo(sent.id());
    ann.await(
        Person.Moved.class, moved -> moved.message().state().rank() >= MessageState.SENT.rank());
  }

  @Test
  void aRelayThatRefusesEveryTimeIsAskedNoThirdTimeAndTheMessageCanBeSentLater()
      throws IOException {
    agreeOnAnHourAhead();
    Message sent = ann.client.send(ben.id(), "An hour early.");
    for (int i = 0; i < 4; i++) {
      ann.client.sync();
    }
    assertThat(relay.countOf("/relay/send")).isEqualTo(2);
    Message failed = ann.client.conversation(ben.id()).getFirst();
    assertThat(failed.state()).isEqualTo(MessageState.FAILED);
    assertThat(failed.text()).isEqualTo(sent.text());
    relay.restore();
    clock.jump(HOUR.negated());

    ann.client.retry(failed.id());

    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();
    assertThat(ben.textsWith(ann)).containsExactly("An hour early.");
  }

  private void agreeOnAnHourAhead() throws IOException {
    ann.close();
    clock.jump(HOUR);
    ann.start(Person.surroundings(clock, step -> {}), relay.serversWrongBy(HOUR));
  }

  @Test
  void waitsAreMeasuredByWhatPassesAndNotByTheClock() {
    relay.throttle("/relay/send", Duration.ofSeconds(30));
    Message sent = ann.client.send(ben.id(), "Later.");
    assertThat(ann.client.sync()).isFalse();
    relay.restore();
    clock.jump(Duration.ofSeconds(40));
    assertThat(ann.client.sync()).isFalse();
    clock.jump(Duration.ofDays(-1));
    assertThat(ann.client.sync()).isFalse();

    clock.advance(Duration.ofSeconds(31));

    assertThat(ann.client.sync()).isTrue();
    assertThat(ann.stateOf(sent)).isEqualTo(MessageState.SENT);
  }
}
