package io.quantchat.infra.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void anUnknownBenchmarkIsRefusedWithAListOfAll() throws IOException {
    assertThat(Bench.run(List.of("speed"), out)).isEqualTo(2);
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("speed").contains("relay");
  }

  @Test
  void anOptionWithoutABenchmarkIsTheRelays() throws IOException {
    assertThat(Bench.run(List.of("--help"), out)).isZero();
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("bench [relay]");
  }
}
