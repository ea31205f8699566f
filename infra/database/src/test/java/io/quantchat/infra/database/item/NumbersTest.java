package io.quantchat.infra.database.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers as DynamoDB has them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number">Number</a>
 */
class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.0, 1",
    "01, 1",
    "-0, 0",
    "0.000, 0",
    "0e500, 0",
    "1e3, 1000",
    "+5, 5",
    ".5, 0.5",
    "5., 5",
    "-1.50, -1.5",
    "100, 100",
    "1E-5, 0.00001",
    "123456789012345678901, 123456789012345678901"
  })
  void eachHasOneText(String text, String canonical) {
    assertThat(Numbers.canonical(text)).isEqualTo(canonical);
  }

  @Test
  void theSmallestAndTheLargestAreKept() {
    String largest = "9.9999999999999999999999999999999999999E+125";

    assertThat(Numbers.canonical(largest)).isEqualTo("9".repeat(38) + "0".repeat(88));
    assertThat(Numbers.canonical("-" + largest)).isEqualTo("-" + "9".repeat(38) + "0".repeat(88));
    assertThat(Numbers.canonical("1E-130")).isEqualTo("0." + "0".repeat(129) + "1");
  }

  @ParameterizedTest
  @CsvSource({
    "1E126, larger",
    "-1E126, larger",
    "1e99999, larger",
    "1E-131, smaller",
    "-9.9e-131, smaller"
  })
  void whatIsBeyondThemIsRefused(String text, String how) {
    assertThatThrownBy(() -> Numbers.parse(text))
        .isInstanceOf(InvalidValue.class)
        .hasMessage(
            "Number %s. Attempting to store a number with magnitude %s than supported range"
                .formatted(how.equals("larger") ? "overflow" : "underflow", how));
  }

  @Test
  void thirtyNineDigitsAreTooMany() {
    assertThat(Numbers.canonical("1" + "0".repeat(38))).isEqualTo("1" + "0".repeat(38));
    assertThatThrownBy(() -> Numbers.parse("1" + "0".repeat(37) + "1"))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("Attempting to store more than 38 significant digits in a Number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "1x", " 1", "1 ", "--1", "0x10", "NaN", "Infinity", "1,5", "١", "1e", "."})
  void whatIsNoNumberIsRefused(String text) {
    assertThatThrownBy(() -> Numbers.parse(text))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("The parameter cannot be converted to a numeric value: " + text);
  }

  @Test
  void anEmptyTextIsNoNumber() {
    assertThatThrownBy(() -> Numbers.parse(""))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("The parameter cannot be converted to a numeric value");
  }

  @Test
  void comparisonIsThatOfTheValues() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      String left = some(random);
      String right = some(random);

      assertThat(Integer.signum(Numbers.compare(left, right)))
          .as("%s and %s, seed %d", left, right, seed)
          .isEqualTo(new BigDecimal(left).compareTo(new BigDecimal(right)));
      assertThat(Numbers.compare(left, Numbers.canonical(left))).isZero();
    }
  }

  private static String some(Random random) {
    BigDecimal number = BigDecimal.valueOf(random.nextLong(), random.nextInt(-10, 30));
    return switch (random.nextInt(3)) {
      case 0 -> Long.toString(random.nextInt(-20, 20));
      case 1 -> number.toPlainString();
      default -> number.toString();
    };
  }
}
