package io.quantchat.infra.database.expression;

import static io.quantchat.infra.database.expression.Values.l;
import static io.quantchat.infra.database.expression.Values.n;
import static io.quantchat.infra.database.expression.Values.s;
import static io.quantchat.infra.database.expression.Values.ss;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What isn't an update, and how DynamoDB says so.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Update
 *     expressions</a>
 * @see <a href="https://github.com/architect/dynalite/blob/main/test/updateItem.js">messages as
 *     dynalite's tests recorded them from DynamoDB</a>
 */
class UpdateRefusalTest {

  private static final Map<String, AttributeValue> VALUES =
      Map.of(":a", n(1), ":s", s("s"), ":l", l(), ":ss", ss("a"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INVALID SYNTAX HERE | INVALID | INVALID SYNTAX",
        "SET | <EOF> | SET",
        "SET a | <EOF> | a",
        "SET a = | <EOF> | =",
        "SET a = :a, | <EOF> | ,",
        "SET a = :a + | <EOF> | +",
        "SET a = a / :a | / | a / :a",
        "SET a = :a + :a + :a | + | :a + :a",
        "SET a = :a b = :a | b | :a b =",
        "SET 4c = :a | 4 | SET 4c",
        "SET a += :a | + | a +=",
        "SET [0] = :a | [ | SET [0",
        "SET remove = :a | remove | SET remove =",
        "ADD hits : incr | : | hits : incr",
        "ADD a b | b | a b",
        "DELETE a = :ss | = | a = :ss",
        "REMOVE a = :a | = | a = :a",
        "REMOVE | <EOF> | REMOVE",
        "SET a = if_not_exists() | ) | ()",
        "SET a = (:a | <EOF> | :a"
      })
  void saysWhichTokenCannotStandWhereItDoes(String text, String token, String near) {
    assertRefused(text, "Syntax error; token: \"%s\", near: \"%s\"".formatted(token, near));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | The expression can not be empty;",
        "SET name = :a | Attribute name is a reserved keyword; reserved keyword: name",
        "SET a = :missing, ttl = foo(:a)"
            + " | Attribute name is a reserved keyword; reserved keyword: ttl",
        "SET a = foo(:a) | Invalid function name; function: foo",
        "SET a = attribute_exists(b) | Invalid function name; function: attribute_exists",
        "SET a = LIST_APPEND(a, :l) | Invalid function name; function: LIST_APPEND",
        "SET a = :a SET b = :a"
            + " | The \"SET\" section can only be used once in an update expression;",
        "ADD a :a SET c = :a ADD b :a"
            + " | The \"ADD\" section can only be used once in an update expression;",
        "remove a Remove b"
            + " | The \"REMOVE\" section can only be used once in an update expression;",
        "DELETE a :ss DELETE b :ss"
            + " | The \"DELETE\" section can only be used once in an update expression;",
        "SET #missing = :alsomissing"
            + " | An expression attribute name used in the document path is not defined; attribute"
            + " name: #missing",
        "SET a = :missing"
            + " | An expression attribute value used in expression is not defined; attribute value:"
            + " :missing",
        "SET a = :a, b = :missing, #missing = :a"
            + " | An expression attribute name used in the document path is not defined; attribute"
            + " name: #missing",
        "SET a = :a, a = :a"
            + " | Two document paths overlap with each other; must remove or rewrite one of these"
            + " paths; path one: [a], path two: [a]",
        "SET a.b[1] = :a REMOVE a"
            + " | Two document paths overlap with each other; must remove or rewrite one of these"
            + " paths; path one: [a, b, [1]], path two: [a]",
        "SET a[1] = :a ADD a.b :a"
            + " | Two document paths conflict with each other; must remove or rewrite one of these"
            + " paths; path one: [a, [1]], path two: [a, b]",
        "ADD a :s"
            + " | Incorrect operand type for operator or function; operator: ADD, operand type:"
            + " STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
        "ADD a :l"
            + " | Incorrect operand type for operator or function; operator: ADD, operand type:"
            + " LIST, typeSet: ALLOWED_FOR_ADD_OPERAND",
        "DELETE a :a"
            + " | Incorrect operand type for operator or function; operator: DELETE, operand type:"
            + " NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
        "SET a = if_not_exists(b)"
            + " | Incorrect number of operands for operator or function; operator or function:"
            + " if_not_exists, number of operands: 1",
        "SET a = list_append(b, :l, :l)"
            + " | Incorrect number of operands for operator or function; operator or function:"
            + " list_append, number of operands: 3",
        "SET a = if_not_exists(:a, :a)"
            + " | Operator or function requires a document path; operator or function:"
            + " if_not_exists",
        "SET a = list_append(b, :s)"
            + " | Incorrect operand type for operator or function; operator or function:"
            + " list_append, operand type: S",
        "SET a = b + :s"
            + " | Incorrect operand type for operator or function; operator or function: +, operand"
            + " type: S",
        "SET a = :l - b"
            + " | Incorrect operand type for operator or function; operator or function: -, operand"
            + " type: L"
      })
  void saysWhatIsWrong(String text, String why) {
    assertRefused(text, why);
  }

  @ParameterizedTest
  @CsvSource({"SET Id = :a, Id", "REMOVE #k, Id", "ADD Range.x :a, Range"})
  void keysStayAsTheyAre(String text, String key) {
    Placeholders placeholders = Placeholders.of(Map.of("#k", "Id"), VALUES);
    Update update = Update.parse(text.replace("Range", "Ranged"));

    assertThatThrownBy(() -> update.requireNoKey(placeholders, List.of("Id", "Ranged")))
        .isInstanceOf(InvalidExpression.class)
        .hasMessage(
            "One or more parameter values were invalid: Cannot update attribute %s. This attribute"
                    .formatted(key.replace("Range", "Ranged"))
                + " is part of the key");
    assertThatThrownBy(() -> update.apply(Map.of("Id", n(1)), placeholders, Set.of("Id", "Ranged")))
        .isInstanceOf(InvalidExpression.class);
  }

  /**
   * The limits of expressions.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters">Expression
   *     parameters</a>
   */
  @Test
  void anUpdateHasAtMostThreeHundredOperators() {
    assertThatCode(() -> check(sets(300))).doesNotThrowAnyException();
    assertRefused(sets(301), "The expression contains too many operators; operator count: 301");
  }

  @Test
  void aTextHasAtMostFourKilobytes() {
    assertRefused(
        "REMOVE " + "a".repeat(4090),
        "Expression size has exceeded the maximum allowed size; expression size: 4097");
  }

  private static String sets(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "a" + i + "=:a")
        .collect(Collectors.joining(",", "SET ", ""));
  }

  private static void check(String text) {
    Update.parse(text).check(Placeholders.of(null, VALUES));
  }

  private static void assertRefused(String text, String why) {
    assertThatThrownBy(() -> check(text))
        .as(text)
        .isInstanceOf(InvalidExpression.class)
        .hasMessage("Invalid UpdateExpression: " + why);
  }
}
