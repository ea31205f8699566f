package io.quantchat.infra.database.expression;

import static io.quantchat.infra.database.expression.Values.b;
import static io.quantchat.infra.database.expression.Values.n;
import static io.quantchat.infra.database.expression.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.database.expression.KeyCondition.Bound;
import io.quantchat.infra.database.expression.KeyCondition.SortRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a query can look up by.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">Key
 *     condition expressions for the Query operation</a>
 * @see <a href="https://github.com/architect/dynalite/blob/main/test/query.js">messages as
 *     dynalite's tests recorded them from DynamoDB</a>
 */
class KeyConditionTest {

  private static final Map<String, AttributeValue> VALUES =
      Map.of(":p", s("queue"), ":v", s("m"), ":w", s("q"), ":n", n(1));

  @ParameterizedTest
  @ValueSource(strings = {"pk = :p", "(pk = :p)", "pk=:p", ":p = pk", "(pk) = (:p)"})
  void aPartitionAloneIsAllOfIt(String text) {
    assertThat(parse(text)).isEqualTo(new KeyCondition(s("queue"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "sk = :v, EQUAL",
    "sk < :v, LESS",
    "sk <= :v, AT_MOST",
    "sk > :v, GREATER",
    "sk >= :v, AT_LEAST",
    ":v = sk, EQUAL",
    ":v > sk, LESS",
    ":v >= sk, AT_MOST",
    ":v < sk, GREATER",
    ":v <= sk, AT_LEAST",
    "'begins_with(sk, :v)', BEGINS_WITH"
  })
  void aSortKeyIsBoundedInEitherOrderAndInParentheses(String sort, Bound bound) {
    KeyCondition wanted =
        new KeyCondition(s("queue"), Optional.of(new SortRange(bound, s("m"), s("m"))));

    assertThat(parse("pk = :p AND " + sort)).isEqualTo(wanted);
    assertThat(parse(sort + " and pk = :p")).isEqualTo(wanted);
    assertThat(parse("(pk = :p) AND (" + sort + ")")).isEqualTo(wanted);
    assertThat(parse("(pk = :p AND " + sort + ")")).isEqualTo(wanted);
  }

  @Test
  void betweenTakesTheFirstAndForItsOwn() {
    assertThat(parse("pk = :p AND sk BETWEEN :v AND :w"))
        .isEqualTo(
            new KeyCondition(
                s("queue"), Optional.of(new SortRange(Bound.BETWEEN, s("m"), s("q")))));
    assertThat(parse("sk BETWEEN :v AND :w AND pk = :p"))
        .isEqualTo(parse("pk = :p AND sk BETWEEN :v AND :w"));
  }

  @Test
  void keysMayHaveReservedNamesBehindPlaceholders() {
    Placeholders placeholders = Placeholders.of(Map.of("#k", "key"), Map.of(":p", s("a")));

    assertThat(KeyCondition.parse("#k = :p", placeholders, "key", Optional.empty()).partition())
        .isEqualTo(s("a"));
    placeholders.requireAllUsed();
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, false, true, false",
    "LESS, true, false, false",
    "AT_MOST, true, true, false",
    "GREATER, false, false, true",
    "AT_LEAST, false, true, true"
  })
  void aRangeHoldsTheKeysOnItsSide(Bound bound, boolean below, boolean same, boolean above) {
    SortRange text = new SortRange(bound, s("m"), s("m"));
    SortRange number = new SortRange(bound, n("10"), n("10"));
    SortRange binary = new SortRange(bound, b(0x80), b(0x80));

    assertThat(new boolean[] {text.holds(s("l")), text.holds(s("m")), text.holds(s("ma"))})
        .containsExactly(below, same, above);
    assertThat(new boolean[] {number.holds(n("9")), number.holds(n("10.0")), number.holds(n("11"))})
        .containsExactly(below, same, above);
    assertThat(new boolean[] {binary.holds(b(0x7f)), binary.holds(b(0x80)), binary.holds(b(0xff))})
        .containsExactly(below, same, above);
  }

  @Test
  void aRangeBetweenHoldsItsBoundsAndAPrefixHoldsWhatItBegins() {
    SortRange between = new SortRange(Bound.BETWEEN, n("2"), n("10"));
    SortRange prefix = new SortRange(Bound.BEGINS_WITH, s("ab"), s("ab"));

    assertThat(between.holds(n("2"))).isTrue();
    assertThat(between.holds(n("10"))).isTrue();
    assertThat(between.holds(n("1.9"))).isFalse();
    assertThat(between.holds(n("10.1"))).isFalse();
    assertThat(prefix.holds(s("ab"))).isTrue();
    assertThat(prefix.holds(s("abc"))).isTrue();
    assertThat(prefix.holds(s("aab"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sk = :v | Query condition missed key schema element: pk",
        "elsewhere = :p | Query condition missed key schema element: pk",
        "pk = :p AND elsewhere = :v | Query condition missed key schema element: sk",
        "pk > :p | Query key condition not supported",
        "begins_with(pk, :p) AND sk = :v | Query key condition not supported",
        "pk BETWEEN :v AND :w | Query key condition not supported",
        "pk = :p OR sk = :v | Invalid operator used in KeyConditionExpression: OR",
        "NOT pk = :p | Invalid operator used in KeyConditionExpression: NOT",
        "pk IN (:p) | Invalid operator used in KeyConditionExpression: IN",
        "pk <> :p | Invalid operator used in KeyConditionExpression: <>",
        "attribute_exists(pk) | Invalid operator used in KeyConditionExpression: attribute_exists",
        "contains(pk, :p) | Invalid operator used in KeyConditionExpression: contains",
        "size(pk) = :n | KeyConditionExpressions cannot contain nested operations",
        "pk.a = :p | KeyConditionExpressions cannot have conditions on nested attributes",
        "pk[0] = :p | KeyConditionExpressions cannot have conditions on nested attributes",
        "pk = :p AND pk = :v | KeyConditionExpressions must only contain one condition per key",
        "pk = :p AND sk > :v AND sk < :w"
            + " | KeyConditionExpressions must only contain one condition per key",
        "pk = :p AND sk = :v AND elsewhere = :w | Conditions can be of length 1 or 2 only",
        "pk = sk"
            + " | Invalid condition in KeyConditionExpression: Multiple attribute names used in one"
            + " condition",
        ":p = :v | Invalid condition in KeyConditionExpression: No key attribute specified",
        ":p BETWEEN :v AND :w"
            + " | Invalid condition in KeyConditionExpression: BETWEEN operator must have the key"
            + " attribute as its first operand",
        "begins_with(:p, pk)"
            + " | Invalid condition in KeyConditionExpression: begins_with operator must have the"
            + " key attribute as its first operand",
        "begins_with(pk, :n)"
            + " | Invalid KeyConditionExpression: Incorrect operand type for operator or function;"
            + " operator or function: begins_with, operand type: N",
        "pk = :p AND sk BETWEEN :w AND :v"
            + " | Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be"
            + " greater than or equal to lower bound; lower bound operand: AttributeValue: {S:q},"
            + " upper bound operand: AttributeValue: {S:m}",
        "key = :p"
            + " | Invalid KeyConditionExpression: Attribute name is a reserved keyword; reserved"
            + " keyword: key",
        "pk = :missing"
            + " | Invalid KeyConditionExpression: An expression attribute value used in expression"
            + " is not defined; attribute value: :missing",
        "pk = | Invalid KeyConditionExpression: Syntax error; token: \"<EOF>\", near: \"=\""
      })
  void whatIsNoLookUpIsRefused(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .as(text)
        .isInstanceOf(InvalidExpression.class)
        .hasMessage(message);
  }

  @Test
  void aTableWithoutSortKeyTakesOneCondition() {
    assertThatThrownBy(
            () ->
                KeyCondition.parse(
                    "pk = :p AND sk = :v", Placeholders.of(null, VALUES), "pk", Optional.empty()))
        .isInstanceOf(InvalidExpression.class)
        .hasMessage("Query key condition not supported");
  }

  private static KeyCondition parse(String text) {
    return KeyCondition.parse(
        text, Placeholders.of(null, new HashMap<>(VALUES)), "pk", Optional.of("sk"));
  }
}
