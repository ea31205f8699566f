package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff =
      new Backoff(new Backoff.Bounds(Duration.ofMillis(100), Duration.ofSeconds(1)), new Random(1));

  @Test
  void eachWaitIsAboutTwiceTheLastUpToTheLongest() {
    for (long longest : new long[] {100, 200, 400, 800, 1_000, 1_000}) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
    }
  }

  @Test
  void afterASuccessItBeginsAnew() {
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void clientsThatLostTheServerTogetherDontComeBackTogether() {
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      waits.add(backoff.next());
    }

    assertThat(waits).hasSizeGreaterThan(25);
  }
}
