package io.quantchat.infra.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void anUnknownBenchmarkIsRefusedWithAListOfAll() {
    assertThat(Bench.run(List.of("speed"), out)).isEqualTo(2);
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("speed").contains("relay");
  }

  @Test
  void anOptionWithoutABenchmarkIsTheRelays() {
    assertThat(Bench.run(List.of("--clients", "0"), out)).isEqualTo(2);
    assertThat(written.toString(StandardCharsets.UTF_8))
        .startsWith("--clients needs a number from 1 to 200.")
        .contains("Usage: ./quantchat bench relay");
  }

  @Test
  void helpListsEveryBenchmarkAndItsOwnItsOptions() {
    assertThat(Bench.run(List.of("--help"), out)).isZero();
    assertThat(Bench.run(List.of("relay", "--help"), out)).isZero();
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("relay ", "cold ", "warm ", "cost ", "encryption ")
        .contains("--seconds N", "(default 20; quick: 3)", "--rate N", "--against COMMIT");
  }
}
