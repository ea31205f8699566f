package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are used up, replaced, lost on the way, or not to be had for now. */
@ExtendWith(RelayExtension.class)
class KeysTest {

  private TestRelay relay;
  private Person ann;
  private Person ben;

  @BeforeEach
  void meet(TestRelay relay, Person resident, @TempDir Path folder) {
    this.relay = relay;
    ann = resident;
    ben = Person.registered(relay, folder, "ben");
  }

  @AfterEach
  void leave() {
    ben.close();
  }

  @Test
  void aChangedIdentityHoldsMessagesUntilTheUserAcceptsIt() throws IOException {
    ann.client.send(ben.id(), "Before.");
    ann.client.sync();
    ben.client.sync();
    String before = ann.client.safetyNumber(ben.id()).digits();
    ben.close();
    Files.delete(ben.file);
    ben.start(step -> {});
    ben.login();

    spendPrekeys();
    Message waiting = ann.client.send(ben.id(), "After.");
    ann.client.sync();

    Person.Held held =
        ann.await(Person.Held.class, told -> told.message().id().equals(waiting.id()));
    assertThat(held.reason().refusal()).isEqualTo(Refusal.IDENTITY_CHANGED);
    assertThat(ann.stateOf(waiting)).isEqualTo(MessageState.SENDING);
    ann.client.acceptIdentity(ben.id(), ben.client.safetyNumber(ann.id()));
    ann.client.sync();
    ben.client.sync();
    assertThat(ann.stateOf(waiting)).isEqualTo(MessageState.SENT);
    assertThat(ben.textsWith(ann)).contains("After.").doesNotContain("Before.");
    assertThat(ann.client.safetyNumber(ben.id()).digits()).isNotEqualTo(before);
  }

  /** Until they are used up, what was handed out before is good. */
  private void spendPrekeys() {
    for (int i = 0; i < 4; i++) {
      ann.client.send(ben.id(), "Lost " + i);
    }
    ann.client.sync();
  }

  @Test
  void whenThereAreNoOneTimePrekeysTheLastResortIsUsedAndSaidSo() {
    relay.keys.drain(ben.id(), ann.id());

    ann.client.send(ben.id(), "Hello.");
    ann.client.sync();
    ben.client.sync();

    assertThat(ben.client.conversation(ann.id()).getFirst().details())
        .containsEntry("mode", "spk+kem");
  }

  @Test
  void prekeysThatAreUsedUpAreReplenished() {
    relay.keys.drain(ben.id(), ann.id());

    ben.client.sync();

    assertThat(relay.keys.stockOf(ben.id())).isEqualTo(Person.BATCH);
    ben.client.sync();
    assertThat(relay.keys.stockOf(ben.id())).isEqualTo(Person.BATCH);
  }

  @Test
  void aMessageToNobodyIsHeldAndHindersNoOther() {
    Message held = ben.client.send(UUID.randomUUID(), "Anybody?");
    Message sent = ben.client.send(ann.id(), "Hello.");

    assertThat(ben.client.sync()).isFalse();

    assertThat(ben.stateOf(sent)).isEqualTo(MessageState.SENT);
    assertThat(ben.stateOf(held)).isEqualTo(MessageState.SENDING);
  }

  @Test
  void aDirectoryThatIsAwayLosesNothingOfWhatComesIn() {
    ann.client.send(ben.id(), "Hello.");
    ann.client.sync();
    relay.cutOff("/keys/" + ann.id() + "/bundle");

    assertThat(ben.client.sync()).isFalse();
    assertThat(ben.textsWith(ann)).isEmpty();
    relay.restore();
    assertThat(ben.client.sync()).isTrue();

    assertThat(ben.textsWith(ann)).containsExactly("Hello.");
    assertThat(ben.client.quarantine()).isEmpty();
  }

  @Test
  void aDirectoryThatIsAwayHindersNoMessageOfKnownPeople() {
    ann.client.send(ben.id(), "One.");
    ann.client.sync();
    ben.client.sync();
    ann.client.send(ben.id(), "Two.");
    ann.client.sync();
    relay.cutOff("/keys/prekeys/count");

    assertThat(ben.client.sync()).isFalse();

    assertThat(ben.textsWith(ann)).containsExactly("One.", "Two.");
  }

  @Test
  void prekeysAreReplacedWeeklyAndWhatIsPendingToTheOldOnesIsOpened(@TempDir Path folder) {
    try (var cid = new Person(relay, folder, "cid")) {
      cid.client.close();
      Clock eightDaysAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-8));
      cid.start(Person.surroundings(eightDaysAgo, step -> {}));
      cid.client.register(cid.email, Person.passphrase(), "cid");
      relay.keys.drain(cid.id(), ann.id());
      ann.client.send(cid.id(), "To the old prekey.");
      ann.client.sync();
      cid.client.close();

      cid.start(step -> {});
      assertThat(cid.client.sync()).isTrue();

      assertThat(relay.keys.bundleOf(cid.id()).bundle().version()).isEqualTo(2);
      assertThat(cid.textsWith(ann)).containsExactly("To the old prekey.");
    }
  }

  @Test
  void aBundleWhoseAnswerWasLostIsTakenForPublished(@TempDir Path folder) {
    try (var cid = new Person(relay, folder, "cid")) {
      relay.loseAnswers("/keys/bundle");
      assertThat(catchThrowable(() -> cid.client.register(cid.email, Person.passphrase(), "cid")))
          .isNotNull();
      relay.restore();
      cid.client.sync();

      assertThat(relay.keys.bundleOf(cid.id()).bundle().version()).isEqualTo(1);
      ann.client.send(cid.id(), "Hello.");
      ann.client.sync();
      cid.client.sync();
      assertThat(cid.textsWith(ann)).containsExactly("Hello.");
    }
  }

  @Test
  void aProgramThatCanMoreThanTheOneBeforeSaysSoAtOnce(@TempDir Path folder) {
    try (var cid = new Person(relay, folder, "cid")) {
      cid.client.register(cid.email, Person.passphrase(), "cid");
      cid.publishBundle(Capabilities.of(Suite.values()));
      assertThat(relay.keys.bundleOf(cid.id()).bundle().capabilities())
          .isEqualTo(Capabilities.of(Suite.values()));

      cid.client.close();
      cid.start(step -> {});
      cid.client.sync();

      assertThat(relay.keys.bundleOf(cid.id()).bundle().capabilities())
          .isEqualTo(Capabilities.ofThisProgram());
      assertThat(relay.keys.bundleOf(cid.id()).bundle().version()).isEqualTo(3);
    }
  }
}
