package io.quantchat.infra.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RelayOptionsTest {

  @Command
  private static final class Typing {
    @Mixin private final RelayOptions options = new RelayOptions();
  }

  private final Typing typing = new Typing();

  private RelayOptions read(String... words) {
    new CommandLine(typing).parseArgs(words);
    return typing.options;
  }

  @Test
  void withoutOptionsAllIsMeasuredAtTheSizesOfAServerInEarnest() {
    Plan plan = read().plan();

    assertThat(plan.measurements()).containsExactlyInAnyOrder(Measurement.values());
    assertThat(plan.rounds()).isEqualTo(3);
    assertThat(plan.sockets()).isEqualTo(5000);
    assertThat(plan.queue()).isEqualTo(100_000);
    assertThat(plan.clients()).isEqualTo(8);
  }

  @Test
  void aQuickRunIsSmallExceptWhereASizeIsTyped() {
    Plan plan = read("--quick", "--sockets", "777").plan();

    assertThat(plan.rounds()).isEqualTo(1);
    assertThat(plan.sockets()).isEqualTo(777);
    assertThat(plan.queue()).isLessThan(100_000);
  }

  @Test
  void theOpenLoopRunsAtHalfOfTheSteadyRateUnlessARateIsTyped() {
    assertThat(read().plan().openRate(900)).isEqualTo(450);
    assertThat(read("--rate", "30").plan().openRate(900)).isEqualTo(30);
  }

  @Test
  void anOpenLoopAloneStillNeedsTheSteadyRate() {
    Plan plan = read("--only", "open-loop,queue").plan();

    assertThat(plan.measurements())
        .containsExactlyInAnyOrder(Measurement.OPEN_LOOP, Measurement.QUEUE);
    assertThat(plan.hasSteady()).isTrue();
    assertThat(plan.has(Measurement.START)).isFalse();
  }

  @Test
  void whatCannotBeMeasuredIsNamedWithWhatCan() {
    assertThatThrownBy(() -> read("--only", "start,speed"))
        .hasMessage(
            "--only needs some of start, steady, open-loop, idle, queue, opening, puts, with commas"
                + " between them: there is no \"speed\".");
  }

  @Test
  void gigabytesMayBeAFractionButNotNothing() {
    assertThat(read("--open-gigabytes", "0.5").plan().gigabytes()).isEqualTo(0.5);
    assertThatThrownBy(() -> read("--open-gigabytes", "0"))
        .hasMessage("--open-gigabytes needs a number above 0, up to 1000.");
    assertThatThrownBy(() -> read("--open-gigabytes", "NaN"))
        .hasMessageContaining("needs a number");
  }
}
