package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quantchat.client.model.ServerRefusalException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Private keys that are past their time: gone, whatever the server answers. */
@ExtendWith(RelayExtension.class)
class ForgottenKeysTest {

  private static final Duration KEPT = Duration.ofDays(8);

  private TestRelay relay;
  private Person ann;
  private Person cid;
  private TestClock clock;

  @BeforeEach
  void join(TestRelay relay, Person resident, @TempDir Path folder) {
    this.relay = relay;
    ann = resident;
    clock = new TestClock();
    cid = new Person(relay, folder, "cid");
    cid.client.close();
    cid.start(Person.surroundings(clock, step -> {}));
    cid.client.register(cid.email, Person.passphrase(), "cid");
  }

  @AfterEach
  void leave() {
    relay.restore();
    cid.close();
  }

  /** A way of a server not to answer. */
  record Silence(String how, Consumer<TestRelay> begin) {

    @Override
    public String toString() {
      return how;
    }
  }

  static Stream<Silence> silences() {
    return Stream.of(
        new Silence("no bundle is taken", relay -> relay.cutOff("/keys/bundle")),
        new Silence(
            "come back tomorrow", relay -> relay.throttle("/keys/bundle", Duration.ofDays(1))),
        new Silence("nothing is counted", relay -> relay.cutOff("/keys/prekeys/count")),
        new Silence("offline", relay -> relay.cutOff("*")));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void whileTheServerDoesNotAnswerKeysAreForgottenInTime(Silence silence) {
    silence.begin().accept(relay);
    for (int day = 0; day < 100; day += 4) {
      clock.advance(Duration.ofDays(4));
      Throwable _ = catchThrowable(() -> cid.client.sync());
    }
    cid.close();

    assertThat(retired()).allMatch(when -> when.isAfter(clock.instant().minus(KEPT)));
    assertThat(cid.privateParts())
        .filteredOn(part -> part.kind().equals("spk"))
        .hasSizeLessThanOrEqualTo(3);
    assertThat(cid.privateParts())
        .allMatch(part -> part.created().isAfter(clock.instant().minus(Duration.ofDays(62))));
  }

  @Test
  void whoOnlyOpensTheStoreAndHasNoSessionForgetsAllTheSame() {
    cid.client.rotateKeys();
    cid.client.logout();
    cid.close();
    assertThat(retired()).isNotEmpty();
    clock.advance(KEPT.plusMinutes(1));

    cid.start(Person.surroundings(clock, step -> {}));
    cid.close();

    assertThat(retired()).isEmpty();
    assertThat(cid.privateParts()).isNotEmpty();
  }

  @Test
  void keysOfABundleThatNobodyMayUseAnyMoreAreForgottenThoughNoOthersWereMade() {
    cid.client.logout();
    for (int days : List.of(31, 9)) {
      cid.close();
      clock.advance(Duration.ofDays(days));
      cid.start(Person.surroundings(clock, step -> {}));
    }
    cid.close();

    assertThat(cid.privateParts())
        .extracting(Person.PrivatePart::kind)
        .doesNotContain("spk", "kem");
  }

  @Test
  void aClockThatWasYearsAheadPostponesNothingForEverAndLosesNothing() {
    ann.client.send(cid.id(), "Before the clock jumped.");
    ann.client.sync();
    Duration years = Duration.ofDays(3650);
    clock.advance(years);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> cid.client.rotateKeys()).isInstanceOf(ServerRefusalException.class);
    }
    clock.advance(years.negated());

    assertThat(cid.client.sync()).isTrue();

    assertThat(cid.textsWith(ann)).containsExactly("Before the clock jumped.");
    ann.client.send(cid.id(), "After it.");
    ann.client.sync();
    assertThat(cid.client.sync()).isTrue();
    assertThat(cid.textsWith(ann)).hasSize(2);
    relay.cutOff("*");
    clock.advance(KEPT.plusMinutes(1));
    cid.close();
    cid.start(Person.surroundings(clock, step -> {}));
    cid.close();
    assertThat(retired()).isEmpty();
  }

  @Test
  void afterManyRotationsInAWeekKeysAreStillPublished() {
    for (int i = 0; i < 16; i++) {
      cid.client.rotateKeys();
    }

    assertThat(relay.keys.bundleOf(cid.id()).bundle().version()).isEqualTo(17);
  }

  private List<Instant> retired() {
    return cid.privateParts().stream().flatMap(part -> part.retired().stream()).toList();
  }
}
