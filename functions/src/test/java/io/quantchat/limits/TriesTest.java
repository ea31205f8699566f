package io.quantchat.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quantchat.host.Parallel;
import io.quantchat.http.Problem;
import io.quantchat.http.SourceAddress;
import io.quantchat.testing.MovableClock;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@StoreTest
class TriesTest {

  private static final int FREE = Limit.TRIES.most();
  private static final String SETTINGS = "logins-of-address=0,wrong-passwords=20";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00Z"));
  private final StoreTables tables;
  private final LimitStore store;
  private final Tries tries;
  private final String ada = "ada." + UUID.randomUUID() + "@example.org";
  private final SourceAddress home = address();
  private final SourceAddress elsewhere = address();

  TriesTest(StoreTables tables) {
    this.tables = tables;
    this.store = LimitsTest.storeOf(tables);
    this.tries = new Tries(limitsOf(SETTINGS), store, clock);
  }

  private Limits limitsOf(String settings) {
    return LimitsTest.limitsOf(tables, clock, settings, () -> 0);
  }

  @Test
  void ofAThousandTriesAtOnceAsManyAreMadeAsAreFree() {
    long made =
        Parallel.map(IntStream.range(0, 1_000).boxed().toList(), i -> isMade(elsewhere)).stream()
            .filter(is -> is)
            .count();

    assertThat(made).isEqualTo(FREE);
  }

  @Test
  void eachFurtherTryWaitsTwiceAsLongAndNoneLongerThanFiveMinutes() {
    var tries = new Tries(limitsOf("logins-of-address=0,wrong-passwords=1000"), store, clock);
    for (int free = 0; free < FREE; free++) {
      tries.begin(ada, elsewhere);
    }

    Duration wait = Duration.ofSeconds(1);
    for (int further = 0; further < 12; further++) {
      var refused = catchThrowableOfType(Problem.class, () -> tries.begin(ada, elsewhere));
      assertThat(refused.retryAfter()).contains(wait);
      clock.advance(wait.minusMillis(1));
      assertThatThrownBy(() -> tries.begin(ada, elsewhere)).isInstanceOf(Problem.class);
      clock.advance(Duration.ofMillis(1));
      tries.begin(ada, elsewhere);
      wait = wait.multipliedBy(2);
      wait = wait.compareTo(Tries.LONGEST_WAIT) < 0 ? wait : Tries.LONGEST_WAIT;
    }
    assertThat(wait).isEqualTo(Tries.LONGEST_WAIT);
  }

  @Test
  void whoGuessesElsewhereKeepsNobodyWaitingAtHome() {
    fail(FREE, elsewhere);
    refusal(elsewhere);

    assertThat(isMade(home)).isTrue();
  }

  @Test
  void anAccountThatManyAddressesGuessAtLetsEachTryOnceAndItsOwnerIn() {
    for (int address = 0; address < 20; address++) {
      fail(1, address());
    }

    SourceAddress guesser = address();
    fail(1, guesser);
    assertThat(refusal(guesser).retryAfter()).contains(Duration.ofSeconds(30));
    tries.begin(ada, home);
    tries.succeeded(ada, home);
    assertThat(isMade(home)).isTrue();
  }

  @Test
  void whoMistypesWhileOthersGuessWaitsHalfAnHourAtMost() {
    for (int address = 0; address < 20; address++) {
      fail(1, address());
    }
    for (int mistyped = 0; mistyped < 12; mistyped++) {
      fail(1, home);
      Duration wait = refusal(home).retryAfter().orElseThrow();
      assertThat(wait).isLessThanOrEqualTo(Tries.LONGEST_WAIT_UNDER_ATTACK);
      clock.advance(wait);
    }
  }

  @Test
  void theRightPasswordClearsWhatWasMistyped() {
    fail(FREE - 1, home);
    tries.begin(ada, home);
    tries.succeeded(ada, home);

    fail(FREE, home);
    refusal(home);
  }

  @Test
  void aClockThatIsSetBackLocksNobodyOut() {
    fail(FREE, home);
    clock.advance(Duration.ofHours(2));
    fail(1, home);
    clock.advance(Duration.ofHours(-2));

    assertThat(isMade(home)).isTrue();
  }

  @Test
  void oneAddressTriesOnlySoManyAccounts() {
    var counted = new Tries(limitsOf("logins-of-address=3"), store, clock);
    for (int account = 0; account < 3; account++) {
      counted.begin("somebody." + UUID.randomUUID() + "@example.org", elsewhere);
    }

    assertThatThrownBy(() -> counted.begin(ada, elsewhere))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("logins-of-address");
    counted.begin(ada, home);
  }

  private void fail(int times, SourceAddress from) {
    for (int time = 0; time < times; time++) {
      tries.begin(ada, from);
      tries.failed(ada);
    }
  }

  private boolean isMade(SourceAddress from) {
    try {
      tries.begin(ada, from);
      return true;
    } catch (Problem tooMany) {
      return false;
    }
  }

  private Problem refusal(SourceAddress from) {
    return catchThrowableOfType(Problem.class, () -> tries.begin(ada, from));
  }

  private static SourceAddress address() {
    return new SourceAddress(UUID.randomUUID().toString());
  }
}
