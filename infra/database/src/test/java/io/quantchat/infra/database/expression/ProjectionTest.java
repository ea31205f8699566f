package io.quantchat.infra.database.expression;

import static io.quantchat.infra.database.expression.Values.l;
import static io.quantchat.infra.database.expression.Values.m;
import static io.quantchat.infra.database.expression.Values.n;
import static io.quantchat.infra.database.expression.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which parts of an item are wanted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html">Projection
 *     expressions</a>
 */
class ProjectionTest {

  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "Title", s("Bicycle"),
          "Price", n(52),
          "RelatedItems", l(n(341), n(472), n(649)),
          "Reviews",
              m(
                  Map.of(
                      "FiveStar", l(s("Excellent!"), m(Map.of("who", s("Ann"), "stars", n(5)))),
                      "OneStar", l(s("Terrible")))),
          "a.b", s("dotted"));

  @Test
  void attributesAreTakenWhole() {
    assertThat(project("Title, Price")).isEqualTo(Map.of("Title", s("Bicycle"), "Price", n(52)));
  }

  @Test
  void whatIsMissingIsLeftOut() {
    assertThat(project("Title, Absent, Price.currency, RelatedItems[9], Reviews[0]"))
        .isEqualTo(Map.of("Title", s("Bicycle")));
  }

  @Test
  void elementsKeepTheirPlaceInMapsAndTheirOrderInLists() {
    assertThat(
            project("RelatedItems[2], RelatedItems[0], Reviews.OneStar, Reviews.FiveStar[1].who"))
        .isEqualTo(
            Map.of(
                "RelatedItems", l(n(341), n(649)),
                "Reviews",
                    m(
                        Map.of(
                            "OneStar", l(s("Terrible")),
                            "FiveStar", l(m(Map.of("who", s("Ann"))))))));
  }

  @Test
  void placeholdersNameWhatWordsCannot() {
    Placeholders placeholders = Placeholders.of(Map.of("#d", "a.b", "#r", "Reviews"), null);

    assertThat(Projection.parse("#d,#r.OneStar[0]").of(ITEM, placeholders))
        .isEqualTo(Map.of("a.b", s("dotted"), "Reviews", m(Map.of("OneStar", l(s("Terrible"))))));
    placeholders.requireAllUsed();
  }

  @Test
  void keysIntoWhichAPathLeadsAreTold() {
    Paths paths = Projection.parse("Title, Reviews.OneStar").paths(Placeholders.of(null, null));

    assertThat(paths.attributes()).containsExactlyInAnyOrder("Title", "Reviews");
    assertThat(paths.nestedAttributes()).containsExactly("Reviews");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Title, Title | [Title] | [Title]",
        "Reviews, Reviews.OneStar | [Reviews] | [Reviews, OneStar]",
        "a.b[1].c, x, a.b[1] | [a, b, [1], c] | [a, b, [1]]",
        "#t, Title | [Title] | [Title]"
      })
  void noPathLiesInAnother(String text, String one, String two) {
    assertRefused(
        text,
        "Two document paths overlap with each other; must remove or rewrite one of these paths;"
            + " path one: %s, path two: %s".formatted(one, two));
  }

  @Test
  void nothingIsAListAndAMap() {
    assertRefused(
        "a.b, a[1]",
        "Two document paths conflict with each other; must remove or rewrite one of these paths;"
            + " path one: [a, b], path two: [a, [1]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a, | Syntax error; token: \"<EOF>\", near: \",\"",
        "a b | Syntax error; token: \"b\", near: \"a b\"",
        "a,,b | Syntax error; token: \",\", near: \",,b\"",
        "[0] | Syntax error; token: \"[\", near: \"[0\"",
        "a. | Syntax error; token: \"<EOF>\", near: \".\"",
        ":a | Syntax error; token: \":a\", near: \":a\"",
        "(a) | Syntax error; token: \"(\", near: \"(a\"",
        "status | Attribute name is a reserved keyword; reserved keyword: status",
        "a, b.Names | Attribute name is a reserved keyword; reserved keyword: Names",
        "#missing | An expression attribute name used in the document path is not defined;"
            + " attribute name: #missing"
      })
  void whatNamesNoPartsIsRefused(String text, String why) {
    assertRefused(text, why);
  }

  /**
   * Depth is limited.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes">Nested
   *     attribute depth</a>
   */
  @Test
  void aPathHasAtMostThirtyTwoSteps() {
    assertThat(project("a" + ".b".repeat(31))).isEmpty();
    assertRefused(
        "a" + "[0]".repeat(32),
        "The document path has too many nesting levels; nesting levels: 33");
  }

  private static Map<String, AttributeValue> project(String text) {
    return Projection.parse(text).of(ITEM, Placeholders.of(null, null));
  }

  private static void assertRefused(String text, String why) {
    assertThatThrownBy(
            () -> Projection.parse(text).paths(Placeholders.of(Map.of("#t", "Title"), null)))
        .as(text)
        .isInstanceOf(InvalidExpression.class)
        .hasMessage("Invalid ProjectionExpression: " + why);
  }
}
