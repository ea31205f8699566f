package io.quantchat.infra.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.infra.bench.Bench;
import io.quantchat.infra.stack.Budgets.Budget;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostBenchTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void theReportNamesTheTestThatHoldsEachUnit() {
    assertThat(run()).isZero();

    assertThat(new CostWorld().budgets.all().values())
        .extracting(Budget::test)
        .isNotEmpty()
        .allSatisfy(test -> assertThat(printed()).contains("`" + test + "`"));
  }

  @Test
  void theReportPrintsEveryAssumptionWithTheValueThatWasGiven() {
    assertThat(run("--messages", "123", "--region", "eu-west-1")).isZero();

    assertThat(printed()).contains("| `--messages` | 123 |").contains("in eu-west-1");
    for (Assumption each : Assumption.values()) {
      assertThat(printed()).contains("`" + each.option() + "`");
    }
  }

  @Test
  void programsGetNumbers() throws Exception {
    assertThat(run("--json")).isZero();

    JsonNode json = new ObjectMapper().readTree(printed());
    JsonNode online = json.at("/dollars_per_million_delivered/rows/0/1 kB");
    assertThat(online.doubleValue()).isBetween(1.0, 20.0);
    assertThat(json.at("/users/rows")).hasSize(6);
    assertThat(json.at("/attacks/rows"))
        .hasSizeGreaterThan(10)
        .allSatisfy(attack -> assertThat(attack.path("dollars a day").doubleValue()).isPositive());
    assertThat(json.at("/first_to_break/rows/5/broken in all").doubleValue()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "--region, mars-1, There are no prices for mars-1",
    "--messages, many, --messages needs a number.",
    "--messages, -1, --messages must be from 0 to 100000",
    "--online, NaN, --online must be from 0 to 100",
    "--what, 1, There is no option --what.",
  })
  void whatCantBeReadIsRefusedWithTheReasonAndTheUsage(String option, String value, String reason) {
    assertThat(run(option, value)).isEqualTo(2);

    assertThat(printed()).startsWith(reason).contains("Usage: ./quantchat bench cost");
  }

  @Test
  void anOptionWithoutItsValueIsRefused() {
    assertThat(run("--region")).isEqualTo(2);
    assertThat(run("--messages")).isEqualTo(2);
  }

  @Test
  void helpListsEveryOption() {
    assertThat(run("--help")).isZero();

    for (Assumption each : Assumption.values()) {
      assertThat(printed()).contains(each.option());
    }
  }

  private int run(String... arguments) {
    return Bench.run(
        Stream.concat(Stream.of("cost"), Stream.of(arguments)).toList(),
        new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
