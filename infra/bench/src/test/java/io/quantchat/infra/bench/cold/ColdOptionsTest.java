package io.quantchat.infra.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColdOptionsTest {

  @Test
  void startsEverythingNineTimesUnlessToldOtherwise() {
    ColdOptions options = ColdOptions.parse(List.of());

    assertThat(options.runs()).isEqualTo(9);
    assertThat(options.variants()).containsExactly(Variant.values());
  }

  @Test
  void takesASelection() {
    ColdOptions options =
        ColdOptions.parse(
            List.of("--variant", "restored", "--function", "Relay", "--jvm", "-Xint"));

    assertThat(options.variants()).containsExactly(Variant.RESTORED);
    assertThat(options.only()).isEqualTo("relay");
    assertThat(options.options()).containsExactly("-Xint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--runs 0", "--runs", "--runs many", "--variant warm", "--speed"})
  void refusesWhatItCannotRead(String typed) {
    assertThatThrownBy(() -> ColdOptions.parse(List.of(typed.split(" "))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
