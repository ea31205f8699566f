package io.quantchat.infra.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class StartOptionsTest {

  @Test
  void everyOptionIsRead() {
    StartOptions options =
        parse(
            ("--against v1 --against v2 --runs 2 --seconds 7 --steady 60 --pairs 3 --sends 0"
                    + " --json")
                .split(" "));

    assertThat(options.against()).containsExactly("v1", "v2");
    assertThat(options.runs()).isEqualTo(2);
    assertThat(options.seconds()).isEqualTo(7);
    assertThat(options.steady()).isEqualTo(60);
    assertThat(options.pairs()).isEqualTo(3);
    assertThat(options.sends()).isZero();
    assertThat(options.json()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--runs 0", "--runs", "--runs many", "--pairs -1", "--against", "--fast"})
  void whatMakesNoSenseIsRefusedByItsName(String typed) {
    String[] words = typed.split(" ");

    assertThatThrownBy(() -> parse(words))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(words[0]);
  }

  /** What has these options and no others. */
  @Command
  private static final class Holder {

    @Mixin final StartOptions options = new StartOptions();
  }

  private static StartOptions parse(String... typed) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(typed);
    return holder.options;
  }
}
