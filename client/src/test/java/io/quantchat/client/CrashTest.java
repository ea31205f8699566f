package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.ServerUnreachableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A client that dies at any step, and is started again. */
@ExtendWith(RelayExtension.class)
class CrashTest {

  private static Person ann;
  private static Person ben;

  @BeforeAll
  static void meet(TwoPeople people) {
    ann = people.ann();
    ben = people.ben();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"WRITTEN", "TAKEN", "SEALED", "SEAL_KEPT", "ANSWERED", "ANSWER_KEPT"})
  void aSenderThatDiesLosesNothingAndRepeatsNothing(Step where) {
    String first = where + ", the first line.";
    String second = where + ", the second line.";
    useUpPrekeys();
    ann.close();
    ann.start(dyingAt(where));
    assertThatThrownBy(
            () -> {
              ann.client.send(ben.id(), first);
              ann.client.sync();
            })
        .isInstanceOf(Crash.class);
    ann.close();

    ann.start(step -> {});
    assertThat(ann.client.sync()).isTrue();
    ann.client.send(ben.id(), second);
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();

    assertThat(linesOf(where)).containsExactly(first, second);
    assertThat(ben.client.quarantine()).isEmpty();
    assertThat(ann.client.conversation(ben.id()))
        .extracting(Message::state)
        .containsOnly(MessageState.SENT);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"ARRIVED", "OPENED", "SETTLING", "SETTLED", "ACKNOWLEDGED"})
  void aRecipientThatDiesLosesNothingAndShowsNothingTwice(Step where) {
    String first = where + ", the first line.";
    String second = where + ", the second line.";
    ann.client.send(ben.id(), first);
    ann.client.send(ben.id(), second);
    ann.client.sync();

    ben.close();
    ben.start(dyingAt(where));
    assertThatThrownBy(() -> ben.client.sync()).isInstanceOf(Crash.class);
    ben.close();
    ben.start(step -> {});
    assertThat(ben.client.sync()).isTrue();
    assertThat(ben.client.sync()).isTrue();

    assertThat(linesOf(where)).containsExactly(first, second);
    assertThat(ben.client.quarantine()).isEmpty();
  }

  /** Whoever dies while keys are made or published has them published, and usable, afterwards. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"BUNDLE_KEPT", "BUNDLE_PUBLISHED", "BATCH_KEPT", "BATCH_UPLOADED"})
  void keysThatWerePublishedAreNeverWithoutTheirPrivateParts(
      Step where, TestRelay relay, @TempDir Path folder) {
    try (var cid = new Person(relay, folder, "cid")) {
      cid.client.close();
      cid.start(dyingAt(where));
      assertThatThrownBy(() -> cid.client.register(cid.email, Person.passphrase(), "cid"))
          .isInstanceOf(Crash.class);
      UUID id = cid.id();
      cid.client.close();
      if (where == Step.BUNDLE_PUBLISHED || where == Step.BATCH_UPLOADED) {
        ann.client.send(id, where.name());
        assertThat(ann.client.sync()).isTrue();
      }

      cid.start(step -> {});
      assertThat(cid.client.sync()).isTrue();
      ann.client.send(cid.id(), "Later.");
      assertThat(ann.client.sync()).isTrue();
      assertThat(cid.client.sync()).isTrue();

      assertThat(cid.textsWith(ann)).isEqualTo(ann.textsWith(cid));
      assertThat(cid.client.quarantine()).isEmpty();
      assertThat(relay.keys.bundleOf(cid.id()).bundle().version()).isEqualTo(1);
      assertThat(relay.keys.stockOf(cid.id())).isBetween(Person.BATCH - 10, Person.BATCH);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"BUNDLE_KEPT", "BUNDLE_PUBLISHED"})
  void aRotationThatIsCutShortLosesNothingThatWasSentToTheOldKeys(
      Step where, TestRelay relay, @TempDir Path folder) {
    try (var cid = new Person(relay, folder, "cid")) {
      cid.client.close();
      cid.start(Person.surroundings(TestClock.wrongBy(Duration.ofDays(-8)), step -> {}));
      cid.client.register(cid.email, Person.passphrase(), "cid");
      relay.keys.drain(cid.id(), ann.id());
      ann.client.send(cid.id(), "To the old keys.");
      assertThat(ann.client.sync()).isTrue();
      cid.client.close();
      cid.start(dyingAt(where));
      assertThatThrownBy(() -> cid.client.sync()).isInstanceOf(Crash.class);
      cid.client.close();

      cid.start(step -> {});
      assertThat(cid.client.sync()).isTrue();

      assertThat(cid.textsWith(ann)).containsExactly("To the old keys.");
      assertThat(relay.keys.bundleOf(cid.id()).bundle().version()).isEqualTo(2);
    }
  }

  /** An acknowledgement may have been done, whatever becomes of its answer. */
  @Test
  void anAcknowledgementWhoseAnswerIsLostIsRepeatedAndShowsNothingTwice(TestRelay relay) {
    String line = "acknowledged, perhaps";
    ann.client.send(ben.id(), line);
    ann.client.sync();
    relay.loseAnswers("/relay/acknowledge");
    assertThatThrownBy(() -> ben.client.sync()).isInstanceOf(ServerUnreachableException.class);
    relay.restore();

    assertThat(ben.client.sync()).isTrue();

    assertThat(ben.textsWith(ann)).containsOnlyOnce(line);
    assertThat(relay.pendingOf(ben.id())).isEmpty();
  }

  /** So that the next message needs some. */
  private static void useUpPrekeys() {
    for (int i = 0; i < 4; i++) {
      ann.client.send(ben.id(), "Using up " + i);
    }
    assertThat(ann.client.sync()).isTrue();
  }

  private static List<String> linesOf(Step step) {
    return ben.textsWith(ann).stream().filter(line -> line.startsWith(step + ",")).toList();
  }

  /** Once: who is started again lives on. */
  private static Consumer<Step> dyingAt(Step where) {
    var times = new AtomicInteger();
    return step -> {
      if (step == where && times.getAndIncrement() == 0) {
        throw new Crash();
      }
    };
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}
