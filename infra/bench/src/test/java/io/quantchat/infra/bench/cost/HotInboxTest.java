package io.quantchat.infra.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HotInboxTest {

  @Test
  void halfOfWhatAKeyTakesIsNeverThrottled() {
    double rate = HotInbox.mostAMinute(2, 2) / 2;

    HotInbox.Outcome outcome = new HotInbox(rate, 1, 2, 2, 0).simulate();

    assertThat(rate).isEqualTo(7_500);
    assertThat(outcome.throttled()).isZero();
    assertThat(outcome.latestDeletes()).isZero();
    assertThat((double) outcome.offered()).isCloseTo(75_000, within(1_000.0));
  }

  @Test
  void moreThanAKeyTakesIsThrottledByWhatIsTooMuch() {
    // 30,000 a minute are 500 a second, and 1,000 units a second serve at least 1,000 / 4 of them.
    double throttled = new HotInbox(30_000, 1, 2, 2, 0).simulate().throttledShare();

    assertThat(throttled).isBetween(0.3, 0.5);
  }

  @Test
  void enoughShardsTakeItAll() {
    assertThat(new HotInbox(30_000, 4, 2, 2, 0).simulate().throttled()).isZero();
  }

  @Test
  void aBurstThatWasSavedUpTakesSomeOfIt() {
    HotInbox.Outcome without = new HotInbox(30_000, 1, 2, 2, 0).simulate();
    HotInbox.Outcome with = new HotInbox(30_000, 1, 2, 2, 300).simulate();

    assertThat(with.offered()).isEqualTo(without.offered());
    assertThat(with.throttled()).isPositive().isLessThan(without.throttled());
  }

  @Test
  void theSameInboxFaresTheSameEveryTime() {
    HotInbox inbox = new HotInbox(20_000, 2, 7, 7, 0);

    assertThat(inbox.simulate()).isEqualTo(inbox.simulate());
  }
}
