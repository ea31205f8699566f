package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Dead sockets, spent prekeys, missed receipts, ended sessions, full servers, wrong clocks. */
@ExtendWith(RelayExtension.class)
class AdversityTest {

  private static final Duration SKEW = Duration.ofMinutes(10);

  private TestRelay relay;
  private Person ann;
  private Person ben;

  @BeforeEach
  void meet(TestRelay relay, TwoPeople people) {
    this.relay = relay;
    ann = people.ann();
    ben = people.ben();
  }

  @Test
  void aSocketThatSwallowsEverythingIsNoticedAndOpenedAnew() {
    ben.close();
    ben.start(Person.impatient());
    ben.connect();
    relay.swallowSockets();
    ann.client.send(ben.id(), "Hello?");
    ann.client.sync();

    ben.await(Person.Connection.class, connection -> !connection.open());
    ben.await(Person.Connection.class, Person.Connection::open);

    Person.awaitUntil(() -> ben.textsWith(ann).equals(List.of("Hello?")));
  }

  @Test
  void whoIsToldThatPrekeysRunLowUploadsMore() {
    becomeContacts();
    ben.connect();
    assertThat(relay.keys.stockOf(ben.id())).isEqualTo(Person.BATCH);

    relay.keys.take(ben.id(), 15, ann.id());

    Person.awaitUntil(() -> relay.keys.stockOf(ben.id()) == 2 * Person.BATCH - 15);
  }

  @Test
  void receiptsThatWereMissedComeWhenTheirRecipientIsBack() {
    becomeContacts();
    Message sent = ann.client.send(ben.id(), "Hello.");
    ann.client.sync();
    ben.connect();
    ben.await(Person.Came.class, any -> true);
    ben.client.markRead(ann.id());

    ann.connect();

    assertThat(awaitState(sent, MessageState.READ).details()).containsEntry("mode", "spk+opk+kem");
  }

  @Test
  void receiptsThatWereMissedComeAlsoFromWhoWasAwayThen() {
    becomeContacts();
    Message sent = ann.client.send(ben.id(), "Hello.");
    ann.client.sync();
    ben.connect();
    ben.await(Person.Came.class, any -> true);
    ben.client.markRead(ann.id());
    ben.client.disconnect();
    ann.connect();

    ben.connect();

    awaitState(sent, MessageState.READ);
  }

  @Test
  void callsAtOnceWithAnExpiredTokenRefreshItOnce() throws Exception {
    ann.close();
    ann.expireTokens();
    ann.start(step -> {});

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Object> call = () -> ann.client.contacts();
      for (Future<Object> answer : threads.invokeAll(List.of(call, call, call, call))) {
        assertThat(answer.get()).isEqualTo(List.of());
      }
    }

    assertThat(relay.countOf("/auth/refresh")).isEqualTo(1);
  }

  @Test
  void aTokenThatExpiresWhileTheSocketIsOpenIsReplacedAndNothingStops() {
    var clock = new TestClock();
    ann.close();
    ann.start(Person.surroundings(clock, step -> {}));
    ann.connect();
    ben.connect();
    clock.advance(Duration.ofMinutes(16));
    ann.client.contacts();
    clock.advance(Duration.ofMinutes(-16));

    ann.client.send(ben.id(), "Still here.");

    assertThat(ben.await(Person.Came.class, any -> true).message().text()).isEqualTo("Still here.");
    assertThat(relay.countOf("/auth/refresh")).isEqualTo(1);
    assertThat(relay.countOf("/auth/socket-ticket")).isEqualTo(2);
  }

  @Test
  void aSessionThatWasEndedElsewhereAsksForALoginAndLosesNothing() {
    Message sent = ann.client.send(ben.id(), "Before the end.");
    ann.close();
    relay.endSession(ann.expireTokens().refresh());
    ann.start(step -> {});

    assertThatThrownBy(() -> ann.client.sync()).isInstanceOf(LoginRequiredException.class);
    ann.client.connect();
    ann.await(Person.LoggedOut.class, any -> true);
    assertThat(ann.stateOf(sent)).isEqualTo(MessageState.SENDING);
    ann.login();
    assertThat(ann.client.sync()).isTrue();

    assertThat(ann.stateOf(sent)).isEqualTo(MessageState.SENT);
  }

  @Test
  void whereTooManyPrekeysWereTakenTheLastResortIsUsedAndNobodyIsAskedUntilThen() {
    String prekeys = "/keys/" + ben.id();
    relay.throttle(prekeys, Duration.ofHours(1));

    ann.client.send(ben.id(), "One.");
    ann.client.send(ben.id(), "Two.");
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();

    assertThat(relay.countOf(prekeys)).isEqualTo(1);
    assertThat(ben.client.conversation(ann.id()))
        .extracting(message -> message.details().get("mode"))
        .containsExactly("spk+kem", "spk+kem");
  }

  @Test
  void aRelayThatIsAskedTooMuchIsLeftAloneAsLongAsItSays() {
    var clock = new TestClock();
    ann.close();
    ann.start(Person.surroundings(clock, step -> {}));
    relay.throttle("/relay/send", Duration.ofSeconds(100));
    Message one = ann.client.send(ben.id(), "One.");
    ann.client.send(ben.id(), "Two.");

    assertThat(ann.client.sync()).isFalse();
    relay.restore();
    clock.advance(Duration.ofSeconds(90));
    assertThat(ann.client.sync()).isFalse();

    assertThat(relay.countOf("/relay/send")).isEqualTo(1);
    assertThat(ann.stateOf(one)).isEqualTo(MessageState.SENDING);
    clock.advance(Duration.ofSeconds(11));
    assertThat(ann.client.sync()).isTrue();
    assertThat(ann.stateOf(one)).isEqualTo(MessageState.SENT);
  }

  @Test
  void aMessageThatWaitedForMoreThanTheRelayTakesFailsAndSaysSo() {
    ann.close();
    ann.start(Person.surroundings(TestClock.wrongBy(Duration.ofDays(-8)), step -> {}));
    Message sent = ann.client.send(ben.id(), "From last week.");
    ann.close();

    ann.start(step -> {});
    assertThat(ann.client.sync()).isTrue();

    assertThat(ann.stateOf(sent)).isEqualTo(MessageState.FAILED);
    assertThat(ann.client.conversation(ben.id()).getFirst().details().get(Message.FAILURE))
        .asString()
        .contains("within the last 7 days");
  }

  @Test
  void aRefreshWhoseAnswerIsLostIsMadeAgainAndLosesNothing() {
    Message sent = ann.client.send(ben.id(), "Before the end.");
    ann.close();
    ann.expireTokens();
    ann.start(step -> {});
    relay.loseAnswers("/auth/refresh");
    assertThatThrownBy(() -> ann.client.sync()).isInstanceOf(ServerUnreachableException.class);
    relay.restore();

    assertThat(ann.client.sync()).isTrue();

    assertThat(ann.stateOf(sent)).isEqualTo(MessageState.SENT);
  }

  @Test
  void anAccountMadeWithAFastClockWorksOnceTheClockIsRight(@TempDir Path folder) {
    try (var cid = new Person(relay, folder, "cid")) {
      cid.client.close();
      cid.start(Person.surroundings(TestClock.wrongBy(SKEW), step -> {}));
      assertThatThrownBy(() -> cid.client.register(cid.email, Person.passphrase(), "cid"))
          .isInstanceOf(ServerRefusalException.class)
          .hasMessageContaining("check the clock");
      cid.client.close();

      cid.start(step -> {});
      cid.login();
      ann.client.send(cid.id(), "On time.");
      ann.client.sync();
      cid.client.sync();

      assertThat(cid.textsWith(ann)).containsExactly("On time.");
    }
  }

  @Test
  void whoseClockIsSlowIsToldSoAndLosesNothing() {
    ann.client.send(ben.id(), "Hello.");
    ann.client.sync();
    ben.close();
    ben.start(Person.surroundings(TestClock.wrongBy(SKEW.negated()), step -> {}));
    Message answer = ben.client.send(ann.id(), "Hello back.");

    assertThat(ben.client.sync()).isFalse();

    assertThat(ben.await(Person.Held.class, any -> true).reason())
        .hasMessageContaining("check the clock");
    assertThat(ben.client.quarantine())
        .extracting(Quarantined::reason)
        .containsExactly(Refusal.FUTURE_BUNDLE.name());
    ben.close();
    ben.start(step -> {});
    assertThat(ben.client.sync()).isTrue();
    assertThat(ben.textsWith(ann)).containsExactlyInAnyOrder("Hello.", answer.text());
    assertThat(ben.client.quarantine()).isEmpty();
  }

  private void becomeContacts() {
    ann.client.addContact(ben.email);
    ben.client.addContact(ann.email);
  }

  private Message awaitState(Message sent, MessageState state) {
    return ann.await(
            Person.Moved.class,
            moved -> moved.message().id().equals(sent.id()) && moved.message().state() == state)
        .message();
  }
}
