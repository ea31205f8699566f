package io.quantchat.infra.database.expression;

import static io.quantchat.infra.database.expression.Values.n;
import static io.quantchat.infra.database.expression.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * What requests may name, and how.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeValues.html">Using
 *     expression attribute values</a>
 * @see <a href="https://github.com/architect/dynalite/blob/main/test/putItem.js">messages as
 *     dynalite's tests recorded them from DynamoDB</a>
 */
class PlaceholdersTest {

  @Test
  void aRequestNeedsNone() {
    PutItemRequest request = PutItemRequest.builder().build();

    assertThatCode(
            () ->
                Placeholders.of(
                        request.expressionAttributeNames(), request.expressionAttributeValues())
                    .requireAllUsed())
        .doesNotThrowAnyException();
  }

  @Test
  void emptyMapsAreRefused() {
    assertRefused(Map.of(), null, "ExpressionAttributeNames must not be empty");
    assertRefused(null, Map.of(), "ExpressionAttributeValues must not be empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "#", "#a-b", "#a.b", ":a", "", "#é", "##a", "# a"})
  void aNamesKeyIsASignAndLettersDigitsOrUnderscores(String key) {
    assertRefused(
        Map.of(key, "a"),
        null,
        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ":", ":a-b", "#a", "", ":a b"})
  void aValuesKeyLikewise(String key) {
    assertRefused(
        null,
        Map.of(key, n(1)),
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + "\"");
  }

  @Test
  void keysMayBeginWithDigitsAndUnderscores() {
    assertThatCode(() -> Placeholders.of(Map.of("#0", "a", "#_", "b"), Map.of(":0_a", n(1))))
        .doesNotThrowAnyException();
  }

  @Test
  void valuesAreThoseThatCanBeKept() {
    assertRefused(
        null,
        Map.of(":a", n("x")),
        "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a"
            + " numeric value: x for key :a");
    assertRefused(
        null,
        Map.of(":a", AttributeValue.builder().build()),
        "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must"
            + " contain exactly one of the supported datatypes for key :a");
  }

  @Test
  void numbersAreKeptInOneForm() {
    Placeholders placeholders = Placeholders.of(null, Map.of(":a", n("1.50e1")));

    assertThat(placeholders.value(":a")).isEqualTo(n("15"));
  }

  @Test
  void whatNoExpressionUsesIsRefused() {
    Map<String, AttributeValue> values = Map.of(":x", n(1), ":y", n(2));
    Placeholders placeholders = Placeholders.of(Map.of("#n", "name"), values);
    Condition.parse(ExpressionKind.CONDITION, "a = :x").check(placeholders);

    assertThatThrownBy(placeholders::requireAllUsed)
        .isInstanceOf(InvalidExpression.class)
        .hasMessage("Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}");

    Condition.parse(ExpressionKind.CONDITION, "#n = :x").check(placeholders);
    assertThatThrownBy(placeholders::requireAllUsed)
        .isInstanceOf(InvalidExpression.class)
        .hasMessage(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:y}");

    Update.parse("SET a = :y").check(placeholders);
    assertThatCode(placeholders::requireAllUsed).doesNotThrowAnyException();
  }

  /**
   * Placeholders are limited.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters">Expression
   *     parameters</a>
   */
  @Test
  void allValuesHoldAtMostTwoMegabytes() {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":a", s("é".repeat(512 * 1024)));
    values.put(":b", s("b".repeat(1024 * 1024 - 4)));
    assertThatCode(() -> Placeholders.of(null, values)).doesNotThrowAnyException();

    values.put(":b", s("b".repeat(1024 * 1024 - 3)));
    assertRefused(null, values, "ExpressionAttributeValues exceeds max size");
  }

  @Test
  void aKeyHasAtMost255Bytes() {
    assertThatCode(() -> Placeholders.of(Map.of("#" + "a".repeat(254), "a"), null))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Placeholders.of(Map.of("#" + "a".repeat(255), "a"), null))
        .isInstanceOf(InvalidExpression.class)
        .hasMessageContaining("contains a key that is too long");
  }

  private static void assertRefused(
      Map<String, String> names, Map<String, AttributeValue> values, String message) {
    assertThatThrownBy(() -> Placeholders.of(names, values))
        .isInstanceOf(InvalidExpression.class)
        .hasMessage(message);
  }
}
