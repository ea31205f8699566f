package io.quantchat.infra.database.expression;

import static io.quantchat.infra.database.expression.Values.b;
import static io.quantchat.infra.database.expression.Values.bool;
import static io.quantchat.infra.database.expression.Values.l;
import static io.quantchat.infra.database.expression.Values.n;
import static io.quantchat.infra.database.expression.Values.nothing;
import static io.quantchat.infra.database.expression.Values.s;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What isn't a condition, and how DynamoDB says so.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Syntax">Syntax
 *     for filter and condition expressions</a>
 * @see <a href="https://github.com/architect/dynalite/blob/main/test/scan.js">messages as
 *     dynalite's tests recorded them from DynamoDB</a>
 */
class ConditionRefusalTest {

  private static final Map<String, AttributeValue> VALUES =
      Map.ofEntries(
          Map.entry(":a", s("a")),
          Map.entry(":b", s("b")),
          Map.entry(":n", n(1)),
          Map.entry(":m", n(2)),
          Map.entry(":t", bool(true)),
          Map.entry(":l", l()),
          Map.entry(":z", nothing()),
          Map.entry(":bytes", b(1)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a = = :a | = | = = :a",
        "a | <EOF> | a",
        "a = | <EOF> | =",
        "= :a | = | = :a",
        "a b = :a | b | a b =",
        "a = :a b | b | :a b",
        "a : b = :a | : | a : b",
        "a = # | # | = #",
        "_a = :a | _ | _a",
        "a-b = :a | - | a-b",
        "a = 5 | 5 | = 5",
        "4c = :a | 4 | 4c",
        "!! | ! | !!",
        "a.0.b = :a | 0 | .0.",
        "a[b] = :a | b | [b]",
        "a[] = :a | ] | [] =",
        "a[:n] = :a | :n | [:n]",
        "attribute_type() | ) | ()",
        "size(a = :a | = | a = :a",
        "(a = :a | <EOF> | :a",
        "a = :a) | ) | :a)",
        "a BETWEEN :a | <EOF> | :a",
        "a BETWEEN :a OR :b | OR | :a OR :b",
        "a IN :a | :a | IN :a",
        "a IN () | ) | ()",
        "a IN (:a,) | ) | ,)",
        "AND = :a | AND | AND =",
        "a = :a AND | <EOF> | AND",
        "NOT | <EOF> | NOT",
        "a == :a | = | == :a",
        "a != :a | ! | a !=",
        "a:a = b | :a | a:a ="
      })
  void saysWhichTokenCannotStandWhereItDoes(String text, String token, String near) {
    assertRefused(
        text,
        "Invalid ConditionExpression: Syntax error; token: \"%s\", near: \"%s\""
            .formatted(token, near));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void anEmptyTextIsNoCondition(String text) {
    assertRefused(text, "Invalid ConditionExpression: The expression can not be empty;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a = :a))",
        "((a = :a)) AND b = :b",
        "b = :b OR ((a = :a AND b = :b))",
        "((a)) = :a",
        "a = ((:a))",
        "((attribute_exists(a)))",
        "size(((a))) > :n"
      })
  void doubleParenthesesAreRedundant(String text) {
    assertRefused(text, "Invalid ConditionExpression: The expression has redundant parentheses;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a = :a) AND (b = :b)",
        "(a = :a AND (b = :b))",
        "((a = :a) AND b = :b)",
        "((a) = :a)",
        "((a).b) = :a",
        "NOT (NOT (a = :a))"
      })
  void otherParenthesesAreNot(String text) {
    assertThatCode(() -> check(text)).as(text).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "status = :a, status",
    "SIZE = :a, SIZE",
    "a.Name = :a, Name",
    "attribute_exists(ttl), ttl",
    "a = :a AND b = :b AND Zone = :a, Zone"
  })
  void reservedWordsAreNoNames(String text, String word) {
    assertRefused(
        text,
        "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: "
            + word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "starts_with(a, :a) | starts_with",
        "ATTRIBUTE_EXISTS(a) | ATTRIBUTE_EXISTS",
        "if_not_exists(a, :a) = :a | if_not_exists",
        "a = b(c) | b"
      })
  void functionsAreThoseOfConditionsInLowerCase(String text, String function) {
    assertRefused(
        text, "Invalid ConditionExpression: Invalid function name; function: " + function);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size(a) | size",
        "NOT size(a) | size",
        "a = :a AND size(a) | size",
        "begins_with(a, :a) = :t | begins_with",
        "a IN (contains(a, :a)) | contains",
        "a BETWEEN attribute_exists(a) AND :a | attribute_exists",
        "contains(attribute_exists(a), :a) | attribute_exists"
      })
  void aSizeIsAnOperandAndTheOtherFunctionsAreConditions(String text, String function) {
    assertRefused(
        text,
        "Invalid ConditionExpression: The function is not allowed to be used this way in an"
            + " expression; function: "
            + function);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attribute_exists(a, b) | attribute_exists | 2",
        "attribute_not_exists(a, b) | attribute_not_exists | 2",
        "attribute_type(a) | attribute_type | 1",
        "begins_with(a) | begins_with | 1",
        "contains(a, :a, :b) | contains | 3",
        "size(a, b) = :n | size | 2"
      })
  void functionsHaveTheirNumberOfOperands(String text, String function, int operands) {
    assertRefused(
        text,
        "Invalid ConditionExpression: Incorrect number of operands for operator or function;"
            + " operator or function: %s, number of operands: %d".formatted(function, operands));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "begins_with(a, :n) | begins_with | N",
        "begins_with(size(a), :a) | begins_with | N",
        "begins_with(:l, :a) | begins_with | L",
        "attribute_type(a, :n) | attribute_type | N",
        "attribute_type(a, b) | attribute_type | {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
        "size(:n) = :n | size | N",
        "size(:t) = :n | size | BOOL",
        "size(size(a)) = :n | size | N",
        "a < :t | < | BOOL",
        "a >= :l | >= | L",
        ":z > a | > | NULL",
        "a BETWEEN :t AND :t | BETWEEN | BOOL",
      })
  void operandsHaveATypeThatTheOperatorTakes(String text, String operator, String type) {
    assertRefused(
        text,
        "Invalid ConditionExpression: Incorrect operand type for operator or function; operator or"
            + " function: %s, operand type: %s".formatted(operator, type));
  }

  @Test
  void existenceIsAskedOfPaths() {
    assertRefused(
        "attribute_exists(:a)",
        "Invalid ConditionExpression: Operator or function requires a document path; operator or"
            + " function: attribute_exists");
  }

  @Test
  void aTypeIsOneOfTen() {
    assertRefused(
        "attribute_type(a, :a)",
        "Invalid ConditionExpression: Invalid attribute type name found; type: a, valid types:"
            + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.b[1] = a.b[1] | = | [a, b, [1]]",
        "a <> a | <> | [a]",
        "contains(a, a) | contains | [a]",
        "begins_with(a, (a)) | begins_with | [a]"
      })
  void nothingIsComparedWithItself(String text, String operator, String path) {
    assertRefused(
        text,
        "Invalid ConditionExpression: The first operand must be distinct from the remaining"
            + " operands for this operator or function; operator: %s, first operand: %s"
                .formatted(operator, path));
  }

  @Test
  void boundsAreOfOneTypeAndInOrder() {
    assertRefused(
        "a BETWEEN :a AND :n",
        "Invalid ConditionExpression: The BETWEEN operator requires same data type for lower and"
            + " upper bounds; lower bound operand: AttributeValue: {S:a}, upper bound operand:"
            + " AttributeValue: {N:1}");
    assertRefused(
        "a BETWEEN :m AND :n",
        "Invalid ConditionExpression: The BETWEEN operator requires upper bound to be greater than"
            + " or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound"
            + " operand: AttributeValue: {N:1}");
  }

  @Test
  void placeholdersAreDefined() {
    assertRefused(
        "a = :missing",
        "Invalid ConditionExpression: An expression attribute value used in expression is not"
            + " defined; attribute value: :missing");
    assertRefused(
        "#missing = :a",
        "Invalid ConditionExpression: An expression attribute name used in the document path is not"
            + " defined; attribute name: #missing");
  }

  @Test
  void theGravestFaultIsTold() {
    assertRefused(
        "((status = :missing)) AND size(a) AND foo(a)",
        "Invalid ConditionExpression: The expression has redundant parentheses;");
    assertRefused(
        "status = :missing AND size(a) AND foo(a)",
        "Invalid ConditionExpression: Invalid function name; function: foo");
    assertRefused(
        "a = :missing AND b = status",
        "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword:"
            + " status");
  }

  @Test
  void theFirstConditionsFaultIsToldBeforeTheNexts() {
    assertRefused(
        "begins_with(a, :n) AND b = :missing",
        "Invalid ConditionExpression: Incorrect operand type for operator or function; operator or"
            + " function: begins_with, operand type: N");
  }

  @Test
  void faultsNameTheParameter() {
    assertThatThrownBy(() -> Condition.parse(ExpressionKind.FILTER, "a ="))
        .isInstanceOf(InvalidExpression.class)
        .hasMessage("Invalid FilterExpression: Syntax error; token: \"<EOF>\", near: \"=\"");
  }

  /**
   * The limits of expressions.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters">Expression
   *     parameters</a>
   */
  @Test
  void aTextHasAtMostFourKilobytes() {
    String most = "attribute_exists(" + "a".repeat(4096 - 18) + ")";

    assertThatCode(() -> check(most)).doesNotThrowAnyException();
    assertRefused(
        most + " ",
        "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;"
            + " expression size: 4097");
    assertThatThrownBy(() -> check("é".repeat(2049)))
        .hasMessageContaining("Expression size has exceeded the maximum allowed size");
  }

  @Test
  void aListOfChoicesHasAtMostAHundred() {
    assertThatCode(() -> check("a IN (" + ":a, ".repeat(99) + ":a)")).doesNotThrowAnyException();
    assertRefused(
        "a IN (" + ":a, ".repeat(100) + ":a)",
        "Invalid ConditionExpression: The IN operator is provided with too many operands; number of"
            + " operands: 101");
  }

  @Test
  void anExpressionHasAtMostThreeHundredOperators() {
    assertThatCode(() -> check("NOT " + equalities(150))).doesNotThrowAnyException();
    assertRefused(
        equalities(151),
        "Invalid ConditionExpression: The expression contains too many operators; operator count:"
            + " 301");
  }

  @Test
  void aPathHasAtMostThirtyTwoSteps() {
    assertThatCode(() -> check("attribute_exists(a" + ".b".repeat(31) + ")"))
        .doesNotThrowAnyException();
    assertRefused(
        "attribute_exists(a" + ".b".repeat(32) + ")",
        "Invalid ConditionExpression: The document path has too many nesting levels; nesting"
            + " levels: 33");
  }

  @Test
  void anIndexFitsInAnInteger() {
    assertRefused(
        "attribute_exists(a[99999999999])",
        "Invalid ConditionExpression: List index is not within the allowable range; index:"
            + " [99999999999]");
  }

  @Test
  void deepNestingIsReadWithinTheTextsLimit() {
    String text = "NOT(".repeat(299) + "a=:a" + ")".repeat(299);

    assertThatCode(() -> check(text)).doesNotThrowAnyException();
  }

  private static String equalities(int count) {
    return IntStream.range(0, count).mapToObj(i -> "a=:a").collect(Collectors.joining(" OR "));
  }

  private static void check(String text) {
    Condition.parse(ExpressionKind.CONDITION, text).check(Placeholders.of(null, VALUES));
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> check(text))
        .as(text)
        .isInstanceOf(InvalidExpression.class)
        .hasMessage(message);
  }
}
