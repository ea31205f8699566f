package io.quantchat.infra.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** That it measures, and counts right; never how fast, on whatever machine this runs. */
class RelayBenchTest {

  private static final Plan SHORT = new Plan(2, 4, 100);

  @Test
  void everyMessageThatWasSentIsDeliveredOnceMeasuredAndDeleted() throws IOException {
    StorageResult result = RelayBench.inMemory(SHORT);

    assertThat(result.fate().sent()).isPositive();
    assertThat(result.fate().delivered()).isEqualTo(result.fate().sent());
    assertThat(result.fate().refused()).isZero();
    assertThat(result.fate().pendingOnly()).isZero();
    assertThat(result.fate().lost()).isZero();
    assertThat(result.fate().duplicated()).isZero();
    assertThat(result.pending()).isZero();
    assertThat(result.relayed().lowest()).isPositive();
    assertThat(result.puts().lowest()).isPositive();
    assertThat(result.closedLoop().count() + result.openLoop().count())
        .isPositive()
        .isLessThan(result.fate().sent());
    assertThat(result.openLoop().p50()).isPositive().isLessThanOrEqualTo(result.openLoop().max());
  }
}
