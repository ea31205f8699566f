package io.quantchat.infra.database.expression;

import static io.quantchat.infra.database.expression.Values.b;
import static io.quantchat.infra.database.expression.Values.bool;
import static io.quantchat.infra.database.expression.Values.bs;
import static io.quantchat.infra.database.expression.Values.l;
import static io.quantchat.infra.database.expression.Values.m;
import static io.quantchat.infra.database.expression.Values.n;
import static io.quantchat.infra.database.expression.Values.nothing;
import static io.quantchat.infra.database.expression.Values.ns;
import static io.quantchat.infra.database.expression.Values.s;
import static io.quantchat.infra.database.expression.Values.ss;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What conditions say of items.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">Condition
 *     and filter expressions, operators, and functions</a>
 */
class ConditionTest {

  /**
   * The item of AWS's examples.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.Attributes.html">Referring
   *     to item attributes</a>
   */
  private static final Map<String, AttributeValue> BICYCLE =
      Map.of(
          "Id",
          n(789),
          "ProductCategory",
          s("Home Improvement"),
          "Price",
          n(52),
          "InStock",
          bool(true),
          "Brand",
          s("Acme"),
          "Color",
          ss("Black", "Red"),
          "RelatedItems",
          l(n(341), n(472), n(649)),
          "Pictures",
          m(
              Map.of(
                  "FrontView",
                  s("http://example.com/front.jpg"),
                  "Sides",
                  l(s("left"), s("right")))),
          "ProductReviews",
          m(Map.of("FiveStar", l(s("Excellent!"), s("Buy it.")), "OneStar", l(s("Terrible")))));

  private static final Map<String, AttributeValue> NAMED =
      Map.ofEntries(
          Map.entry(":five", n(5)),
          Map.entry(":fifty", n(50)),
          Map.entry(":price", n("52.0")),
          Map.entry(":hundred", n(100)),
          Map.entry(":acme", s("Acme")),
          Map.entry(":other", s("Other")),
          Map.entry(":home", s("Home")),
          Map.entry(":red", s("Red")),
          Map.entry(":true", bool(true)),
          Map.entry(":two", n(2)),
          Map.entry(":four", n(4)),
          Map.entry(":colors", ss("Red", "Black")),
          Map.entry(":ss", s("SS")),
          Map.entry(":n", s("N")),
          Map.entry(":terrible", s("Terrible")),
          Map.entry(":related", n("472")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Price = :price",
        "Price <> :fifty",
        "Price > :fifty",
        "Price >= :price",
        "Price < :hundred",
        "Price <= :price",
        ":fifty < Price",
        "Price BETWEEN :fifty AND :hundred",
        "Price between :price and :price",
        "NOT Price BETWEEN :five AND :fifty",
        "Brand IN (:other, :acme)",
        "Brand in (:acme)",
        "NOT Brand IN (:other)",
        "Color = :colors",
        "attribute_exists(Price)",
        "attribute_exists (Pictures.FrontView)",
        "attribute_not_exists(Manufacturer)",
        "attribute_not_exists(Price.Currency)",
        "attribute_not_exists(RelatedItems[3])",
        "attribute_not_exists(Pictures[0])",
        "attribute_type(Color, :ss)",
        "NOT attribute_type(Color, :n)",
        "NOT attribute_type(Manufacturer, :n)",
        "begins_with(ProductCategory, :home)",
        "NOT begins_with(Brand, :home)",
        "NOT begins_with(Price, :home)",
        "NOT begins_with(Manufacturer, :home)",
        "contains(Color, :red)",
        "contains(Brand, :acme)",
        "NOT contains(Brand, :red)",
        "contains(RelatedItems, :related)",
        "NOT contains(RelatedItems, :red)",
        "NOT contains(Price, :red)",
        "contains(ProductReviews.OneStar, :terrible)",
        "size(Brand) = :four",
        "size(Color) = :two",
        "size (ProductReviews.FiveStar) <= :two",
        "size(Pictures) = :two",
        "size(Brand) BETWEEN :two AND :five",
        "size(Brand) IN (:two, :four)",
        "size(Brand) > size(Color)",
        "NOT size(Price) > :two",
        "NOT size(Manufacturer) > :two",
        "InStock = :true",
        "ProductReviews.OneStar[0] = :terrible",
        "(Price > :fifty)",
        "(Price) > (:fifty)",
        "(size(Brand)) = :four",
        "((size(Brand)) = :four)",
        "(Pictures).FrontView <> :acme",
        "(Price > :fifty AND Brand = :acme) OR Price = :five",
        "Price = :five OR Price > :fifty AND Brand = :acme",
        "NOT Price = :five AND Brand = :acme",
        "NOT (Price = :five OR Brand = :other)",
        "NOT NOT Price > :fifty",
        "not(Price=:five)And\tBrand\n=:acme"
      })
  void holdsOfTheBicycle(String text) {
    assertThat(holds(text, BICYCLE)).as(text).isTrue();
    assertThat(holds("NOT (" + text + " OR attribute_not_exists(Price))", BICYCLE))
        .as("not " + text)
        .isFalse();
  }

  @Test
  void andBindsCloserThanOr() {
    assertThat(holds("Price > :fifty OR Price > :fifty AND Price = :five", BICYCLE)).isTrue();
    assertThat(holds("(Price > :fifty OR Price > :fifty) AND Price = :five", BICYCLE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "<", "<=", ">", ">="})
  void whatIsMissingEqualsNothingAndHasNoOrder(String comparator) {
    assertThat(holds("nowhere " + comparator + " :five", Map.of())).isFalse();
    assertThat(holds("nowhere " + comparator + " absent", Map.of())).isFalse();
  }

  @Test
  void whatIsMissingDiffersFromAll() {
    assertThat(holds("nowhere <> :five", Map.of())).isTrue();
  }

  @Test
  void differentTypesAreNeverEqualAndHaveNoOrder() {
    Map<String, AttributeValue> item = Map.of("words", s("5"));

    assertThat(holds("words = :five", item)).isFalse();
    assertThat(holds("words <> :five", item)).isTrue();
    for (String comparator : new String[] {"<", "<=", ">", ">="}) {
      assertThat(holds("words " + comparator + " :five", item)).as(comparator).isFalse();
    }
    assertThat(holds("words BETWEEN :five AND :five", item)).isFalse();
  }

  @Test
  void mapsListsAndTruthHaveNoOrderEvenWithThemselves() {
    Map<String, AttributeValue> item = Map.of("one", l(n(1)), "same", l(n(1)), "yes", bool(true));

    assertThat(holds("one = same", item)).isTrue();
    assertThat(holds("one <= same", item)).isFalse();
    assertThat(holds("yes >= yes2", Map.of("yes", bool(true), "yes2", bool(true)))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "1e2, 100",
    "-0, 0",
    "0.00, 0",
    "+7, 7",
    "1E-130, 0.1e-129",
    "99999999999999999999999999999999999999, 99999999999999999999999999999999999999.0"
  })
  void numbersAreEqualByWhatTheyStandFor(String one, String other) {
    assertThat(compares(n(one), "=", n(other))).isTrue();
    assertThat(compares(ns(one, "12345"), "=", ns("12345.0", other))).isTrue();
    assertThat(compares(l(n(one)), "=", l(n(other)))).isTrue();
  }

  @Test
  void numbersOfThirtyEightDigitsAreTold() {
    assertThat(
            compares(
                n("9999999999999999999999999999999999999.8"),
                "<",
                n("9999999999999999999999999999999999999.9")))
        .isTrue();
  }

  @Test
  void textIsOrderedByItsUtf8() {
    assertThat(compares(s("a"), ">", s("A"))).isTrue();
    assertThat(compares(s("\uD83D\uDE00"), ">", s("\uFFFD"))).isTrue();
    assertThat(compares(s("a"), "<", s("aa"))).isTrue();
    assertThat(compares(s(""), "<", s("a"))).isTrue();
  }

  @Test
  void binaryIsOrderedByUnsignedBytes() {
    assertThat(compares(b(0xff), ">", b(0x01))).isTrue();
    assertThat(compares(b(0x80), ">", b(0x7f, 0xff))).isTrue();
    assertThat(compares(b(), "<", b(0))).isTrue();
  }

  @Test
  void binaryBeginsAndContainsLikeText() {
    Map<String, AttributeValue> item = Map.of("bytes", b(1, 2, 3), "codes", bs(b(1), b(2, 3)));
    Map<String, AttributeValue> values =
        Map.of(":start", b(1, 2), ":middle", b(2, 3), ":none", b(3, 2), ":three", n(3));

    assertThat(holds("begins_with(bytes, :start)", item, values)).isTrue();
    assertThat(holds("begins_with(bytes, :middle)", item, values)).isFalse();
    assertThat(holds("contains(bytes, :middle)", item, values)).isTrue();
    assertThat(holds("contains(bytes, :none)", item, values)).isFalse();
    assertThat(holds("contains(codes, :middle)", item, values)).isTrue();
    assertThat(holds("contains(codes, :start)", item, values)).isFalse();
    assertThat(holds("size(bytes) = :three", item, values)).isTrue();
  }

  @Test
  void sizesOfEmptyThingsAreZero() {
    Map<String, AttributeValue> item =
        Map.of("words", s(""), "bytes", b(), "parts", l(), "pairs", m(Map.of()));

    for (String attribute : new String[] {"words", "bytes", "parts", "pairs"}) {
      assertThat(holds("size(" + attribute + ") = :zero", item, Map.of(":zero", n(0))))
          .as(attribute)
          .isTrue();
    }
  }

  @Test
  void nothingIsAType() {
    assertThat(
            holds(
                "attribute_exists(a) AND attribute_type(a, :null)",
                Map.of("a", nothing()),
                Map.of(":null", s("NULL"))))
        .isTrue();
  }

  /**
   * A name behind a placeholder is one name, dots and all.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html">Expression
   *     attribute names</a>
   */
  @Test
  void aPlaceholderNamesOneAttributeWhateverItsLetters() {
    Map<String, AttributeValue> item =
        Map.of(
            "Safety.Warning", s("Always wear a helmet"), "size", n(1), "m", m(Map.of("a-b", n(2))));
    Placeholders placeholders =
        Placeholders.of(
            Map.of("#sw", "Safety.Warning", "#size", "size", "#ab", "a-b"),
            Map.of(":one", n(1), ":two", n(2)));
    Condition condition =
        Condition.parse(
            ExpressionKind.FILTER, "attribute_exists(#sw) AND #size = :one AND m.#ab = :two");
    condition.check(placeholders);

    assertThat(condition.holds(item, placeholders)).isTrue();
    assertThat(condition.attributes(placeholders))
        .containsExactlyInAnyOrder("Safety.Warning", "size", "m");
    assertThat(condition.nestedAttributes(placeholders)).containsExactly("m");
    placeholders.requireAllUsed();
  }

  @Test
  void aTextIsReadOnceForEachKind() {
    Condition condition = Condition.parse(ExpressionKind.CONDITION, "readOnce = :five");

    assertThat(Condition.parse(ExpressionKind.CONDITION, "readOnce = :five")).isSameAs(condition);
    assertThat(Condition.parse(ExpressionKind.FILTER, "readOnce = :five")).isNotSameAs(condition);
  }

  private static boolean compares(AttributeValue left, String comparator, AttributeValue right) {
    return holds("a " + comparator + " :b", Map.of("a", left), Map.of(":b", right));
  }

  private static boolean holds(String text, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> used = new HashMap<>(NAMED);
    used.keySet().removeIf(key -> !text.matches("(?s).*" + key + "\\b.*"));
    return holds(text, item, used.isEmpty() ? null : used);
  }

  private static boolean holds(
      String text, Map<String, AttributeValue> item, Map<String, AttributeValue> values) {
    Placeholders placeholders = Placeholders.of(null, values);
    Condition condition = Condition.parse(ExpressionKind.CONDITION, text);
    condition.check(placeholders);
    return condition.holds(item, placeholders);
  }
}
