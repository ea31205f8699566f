package io.quantchat.infra.database.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which values can be kept.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
 * @see <a href="https://github.com/architect/dynalite/blob/main/test/putItem.js">messages as
 *     dynalite's tests recorded them from DynamoDB</a>
 */
class AttributeRulesTest {

  @Test
  void whatNeedsNoChangeStaysTheSame() {
    AttributeValue value =
        AttributeValue.fromM(
            Map.of(
                "text", AttributeValue.fromS(""),
                "list", AttributeValue.fromL(List.of(AttributeValue.fromN("1"))),
                "none", AttributeValue.fromNul(true)));

    assertThat(AttributeRules.kept(value)).isSameAs(value);
  }

  @Test
  void numbersInsideGetTheirOneText() {
    AttributeValue value =
        AttributeValue.fromM(
            Map.of(
                "list", AttributeValue.fromL(List.of(AttributeValue.fromN("1.0"))),
                "set", AttributeValue.fromNs(List.of("02", "1e1"))));

    assertThat(AttributeRules.kept(value))
        .isEqualTo(
            AttributeValue.fromM(
                Map.of(
                    "list", AttributeValue.fromL(List.of(AttributeValue.fromN("1"))),
                    "set", AttributeValue.fromNs(List.of("2", "10")))));
  }

  @Test
  void aValueHasExactlyOneType() {
    assertRefused(
        AttributeValue.builder().build(),
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    assertRefused(
        AttributeValue.builder().s("a").n("1").build(),
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
            + " supported datatypes");
  }

  @Test
  void nothingIsTrulyNothing() {
    assertRefused(
        AttributeValue.fromNul(false),
        "One or more parameter values were invalid: Null attribute value types must have the value"
            + " of true");
  }

  @Test
  void setsHoldSomethingAndNothingTwice() {
    SdkBytes bytes = SdkBytes.fromUtf8String("a");

    assertRefused(
        AttributeValue.fromSs(List.of()),
        "One or more parameter values were invalid: An string set  may not be empty");
    assertRefused(
        AttributeValue.fromNs(List.of()),
        "One or more parameter values were invalid: An number set  may not be empty");
    assertRefused(
        AttributeValue.fromBs(List.of()),
        "One or more parameter values were invalid: Binary sets should not be empty");
    assertRefused(
        AttributeValue.fromSs(List.of("a", "b", "a")),
        "One or more parameter values were invalid: Input collection [a, b, a] contains"
            + " duplicates.");
    assertRefused(
        AttributeValue.fromNs(List.of("1", "1.0")), "Input collection contains duplicates");
    assertThatThrownBy(() -> AttributeRules.kept(AttributeValue.fromBs(List.of(bytes, bytes))))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("contains duplicates");
  }

  /**
   * Depth is limited.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes">Nested
   *     attribute depth</a>
   */
  @Test
  void listsAndMapsLieAtMostThirtyTwoDeep() {
    assertThatCode(() -> AttributeRules.kept(nested(32))).doesNotThrowAnyException();
    assertRefused(nested(33), "Nesting Levels have exceeded supported limits");
  }

  private static AttributeValue nested(int levels) {
    AttributeValue value = AttributeValue.fromS("a");
    for (int i = 0; i < levels; i++) {
      value =
          i % 2 == 0
              ? AttributeValue.fromL(List.of(value))
              : AttributeValue.fromM(Map.of("a", value));
    }
    return value;
  }

  private static void assertRefused(AttributeValue value, String message) {
    assertThatThrownBy(() -> AttributeRules.kept(value))
        .isInstanceOf(InvalidValue.class)
        .hasMessage(message);
  }
}
