package io.quantchat.infra.bench.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.crypto.Suite;
import io.quantchat.infra.bench.Bench;
import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.report.Timing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Benchmark;

/** That what is measured does what it says. */
class EncryptionBenchTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Machine MACHINE =
      new Machine(2, "", "Linux", "25", LocalDate.of(2026, 3, 1));

  private static final FileRates FILES =
      new FileRates(
          new FileRates.Rate(900),
          new FileRates.Rate(1_000),
          new FileRates.Rate(700),
          new FileRates.Rate(1_000),
          new FileRates.Rate(500));

  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @EnumSource
  void whatIsSentInASuiteIsOfThatSuiteAndIsRead(Suite suite) {
    var exchange = new Exchange(suite, NOW, random);

    assertThat(new String(exchange.send(), StandardCharsets.UTF_8))
        .contains("\"crypto_version\":\"" + suite.version() + "\"")
        .contains("\"opk\"");
    assertThat(new String(exchange.sendFirstOfBatch(), StandardCharsets.UTF_8)).contains("\"opk\"");
    assertThat(exchange.receive()).hasSize(200).isEqualTo(Exchange.TEXT);
  }

  @Test
  void messagesAreNoLargerThanTheyAreToBe() {
    assertThat(Size.all(NOW, random))
        .allSatisfy(size -> assertThat(size.bytes()).isLessThan(size.aim().orElse(250_000)));
  }

  @Test
  void eachMethodThatIsMeasuredIsReported() {
    Stream<String> measured =
        Stream.of(EncryptionPaths.class, Primitives.class)
            .flatMap(each -> Arrays.stream(each.getMethods()))
            .filter(method -> method.isAnnotationPresent(Benchmark.class))
            .map(Method::getName);

    assertThat(measured)
        .containsExactlyInAnyOrderElementsOf(timings(1).stream().map(Timing::name).toList());
  }

  @Test
  void aPrimitiveThatIsMeasuredUndoesItsOpposite() throws Exception {
    var primitives = new Primitives();
    primitives.prepare();

    assertThat(primitives.ecdsaVerify()).isTrue();
    assertThat(primitives.mlDsaVerify()).isTrue();
    assertThat(primitives.mlKemDecapsulate()).hasSize(32);
  }

  @Test
  void theReportSaysTheRatioAndWhetherAnAimIsMet() {
    String fast = report(100).toMarkdown();
    String slow = report(1_400).toMarkdown();

    assertThat(fast).contains("| v2: receive | 100 | 100 | 800 | 0.13 | ≤ 1,200: met |");
    assertThat(slow)
        .contains("| v2: send | 1,400 | 1,400 | 11,200 | 0.13 | ≤ 1,500: met |")
        .contains("≤ 1,200: **missed**");
  }

  @Test
  void aFileIsComparedWithTheBareCipher() {
    assertThat(report(100).toMarkdown())
        .contains("| seal | 900 | 1,000 | 0.90 | ≥ 0.80: met |")
        .contains("| open | 700 | 1,000 | 0.70 | ≥ 0.80: **missed** |")
        .contains("| hash for the upload, whole and parts | 500 |");
  }

  @Test
  void filesAreSealedAndOpenedAsTheyAreMeasured() throws IOException {
    FileRates rates = FileRates.measure(2, 256 * 1024, random);

    assertThat(
            List.of(rates.seal(), rates.bareSeal(), rates.open(), rates.bareOpen(), rates.hash()))
        .allSatisfy(rate -> assertThat(rate.perSecond()).isPositive());
  }

  @Test
  void programsGetTheRatiosToo() {
    assertThat(report(100).toJson()).contains("\"ratio\" : 0.125").contains("\"load_average\"");
  }

  @Test
  void anUnknownOptionIsRefusedWithTheUsage() {
    var out = new ByteArrayOutputStream();

    int code =
        Bench.run(
            List.of("encryption", "--what"), new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(code).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--what").contains("Usage");
  }

  private static EncryptionReport report(double mean) {
    return new EncryptionReport(
        MACHINE, 0.5, timings(mean), List.of(new Size("bundle", 9_000, Optional.empty())), FILES);
  }

  /** Of each, the same. */
  private static List<Timing> timings(double mean) {
    var timings = new ArrayList<Timing>();
    for (Operation operation : Operation.values()) {
      timings.add(new Timing(operation.method(), mean, mean, mean, 0));
    }
    for (Primitive primitive : Primitive.values()) {
      timings.add(new Timing(primitive.method(), mean, mean, mean, 0));
    }
    return timings;
  }
}
