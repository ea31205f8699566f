package io.quantchat.infra.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class ColdOptionsTest {

  @Test
  void startsEverythingNineTimesUnlessToldOtherwise() {
    ColdOptions options = parse();

    assertThat(options.runs()).isEqualTo(9);
    assertThat(options.variants())
        .containsExactly(Variant.PACKAGED, Variant.BASELINE, Variant.RESTORED, Variant.ARCHIVED);
  }

  @Test
  void takesASelection() {
    ColdOptions options = parse("--variant", "restored", "--function", "Relay", "--jvm", "-Xint");

    assertThat(options.variants()).containsExactly(Variant.RESTORED);
    assertThat(options.only()).isEqualTo("relay");
    assertThat(options.jvmOptions()).containsExactly("-Xint");
  }

  @Test
  void startsAndRestoresAnotherPackageBesideOurs() {
    ColdOptions options = parse("--variant", "restored", "--against", "other.zip");

    assertThat(options.against()).contains(Path.of("other.zip"));
    assertThat(options.variants())
        .containsExactly(Variant.RESTORED, Variant.OTHER, Variant.OTHER_RESTORED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--runs 0", "--runs", "--runs many", "--variant warm", "--speed"})
  void refusesWhatItCannotRead(String typed) {
    assertThatThrownBy(() -> parse(typed.split(" "))).isInstanceOf(ParameterException.class);
  }

  private static ColdOptions parse(String... typed) {
    ColdOptions options = new ColdOptions();
    new CommandLine(CommandSpec.create().addMixin("cold", CommandSpec.forAnnotatedObject(options)))
        .parseArgs(typed);
    return options;
  }
}
