package io.quantchat.infra.database.expression;

import static io.quantchat.infra.database.expression.Values.b;
import static io.quantchat.infra.database.expression.Values.bs;
import static io.quantchat.infra.database.expression.Values.l;
import static io.quantchat.infra.database.expression.Values.m;
import static io.quantchat.infra.database.expression.Values.n;
import static io.quantchat.infra.database.expression.Values.ns;
import static io.quantchat.infra.database.expression.Values.s;
import static io.quantchat.infra.database.expression.Values.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.database.expression.Update.Updated;
import io.quantchat.infra.database.item.AttributeOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What updates make of items.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Update
 *     expressions</a>
 */
class UpdateTest {

  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "Id", n(789),
          "Price", n(52),
          "Brand", s("Acme"),
          "Color", ss("Black", "Red"),
          "Sizes", ns("1", "2"),
          "Codes", bs(b(1), b(2)),
          "RelatedItems", l(s("Chisel"), s("Hammer"), s("Nails"), s("Saw")),
          "ProductReviews", m(Map.of("FiveStar", l(s("Excellent!")), "Count", n(1))));

  @Test
  void setPutsAndReplaces() {
    assertThat(
            update(
                "SET ProductCategory = :c, Price = :p", Map.of(":c", s("Hardware"), ":p", n(60))))
        .containsEntry("ProductCategory", s("Hardware"))
        .containsEntry("Price", n(60))
        .containsEntry("Brand", s("Acme"))
        .hasSize(ITEM.size() + 1);
  }

  @Test
  void setPutsIntoMapsAndLists() {
    Map<String, AttributeValue> after =
        update(
            "SET ProductReviews.FiveStar[0] = :a, ProductReviews.OneStar = :b, RelatedItems[1] ="
                + " :a",
            Map.of(":a", s("Buy it."), ":b", l()));

    assertThat(after.get("ProductReviews"))
        .isEqualTo(m(Map.of("FiveStar", l(s("Buy it.")), "Count", n(1), "OneStar", l())));
    assertThat(after.get("RelatedItems"))
        .isEqualTo(l(s("Chisel"), s("Buy it."), s("Nails"), s("Saw")));
  }

  /** "If you add multiple elements in a single SET operation, the elements are sorted in order." */
  @Test
  void elementsBehindAListsEndAreAppendedInTheOrderOfTheirIndexes() {
    assertThat(
            update(
                    "SET RelatedItems[9] = :late, RelatedItems[7] = :early",
                    Map.of(":late", s("Z"), ":early", s("Y")))
                .get("RelatedItems"))
        .isEqualTo(l(s("Chisel"), s("Hammer"), s("Nails"), s("Saw"), s("Y"), s("Z")));
  }

  @Test
  void setCalculates() {
    assertThat(
            update(
                "SET Price = Price - :p, Summed = Price + Id, Twice = :p + :p, Later = (Price +"
                    + " :p)",
                Map.of(":p", n(15))))
        .containsEntry("Price", n(37))
        .containsEntry("Summed", n(841))
        .containsEntry("Twice", n(30))
        .containsEntry("Later", n(67));
  }

  @Test
  void calculationIsDecimalAndKeepsThirtyEightDigits() {
    assertThat(update("SET Price = :a + :b", Map.of(":a", n("0.1"), ":b", n("0.2"))).get("Price"))
        .isEqualTo(n("0.3"));
    assertThat(
            update("SET Price = :a - :b", Map.of(":a", n("1E20"), ":b", n("0.000000000000000001")))
                .get("Price"))
        .isEqualTo(n("99999999999999999999.999999999999999999"));
  }

  @Test
  void whatACalculationCannotHoldIsRefused() {
    assertRefused(
        "SET Price = :a + :a",
        Map.of(":a", n("9E125")),
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
    assertRefused(
        "SET Price = :a + :b",
        Map.of(":a", n("1E38"), ":b", n("0.1")),
        "Attempting to store more than 38 significant digits in a Number");
  }

  @Test
  void listsAreAppendedAtEitherEnd() {
    assertThat(
            update(
                "SET RelatedItems = list_append(:x, RelatedItems), Copied = list_append(:x, :x)",
                Map.of(":x", l(s("Screwdriver")))))
        .containsEntry(
            "RelatedItems", l(s("Screwdriver"), s("Chisel"), s("Hammer"), s("Nails"), s("Saw")))
        .containsEntry("Copied", l(s("Screwdriver"), s("Screwdriver")));
  }

  @Test
  void whatIsThereIsKeptByIfNotExists() {
    assertThat(
            update(
                "SET Price = if_not_exists(Price, :p), Cost = if_not_exists(Cost, :p) + :p,"
                    + " Tags = list_append(if_not_exists(Tags, :none), :none),"
                    + " Brand2 = if_not_exists(Absent, Brand)",
                Map.of(":p", n(1), ":none", l())))
        .containsEntry("Price", n(52))
        .containsEntry("Cost", n(2))
        .containsEntry("Tags", l())
        .containsEntry("Brand2", s("Acme"));
  }

  @Test
  void everyValueIsReadAsItWasBeforeTheUpdate() {
    assertThat(
            update(
                "SET Price = :p, Earlier = Price, RelatedItems[0] = RelatedItems[1],"
                    + " RelatedItems[1] = RelatedItems[0] REMOVE Brand ADD Totals :p",
                Map.of(":p", n(1))))
        .containsEntry("Earlier", n(52))
        .containsEntry("RelatedItems", l(s("Hammer"), s("Chisel"), s("Nails"), s("Saw")));
    assertThat(update("SET Copied = Brand REMOVE Brand", null))
        .containsEntry("Copied", s("Acme"))
        .doesNotContainKey("Brand");
  }

  @Test
  void removeTakesAttributesAndElementsByTheIndexesThatTheyHad() {
    Map<String, AttributeValue> after =
        update(
            "REMOVE Brand, Absent, RelatedItems[1], RelatedItems[2], RelatedItems[7],"
                + " ProductReviews.FiveStar[0], ProductReviews.Absent",
            null);

    assertThat(after)
        .doesNotContainKey("Brand")
        .containsEntry("RelatedItems", l(s("Chisel"), s("Saw")));
    assertThat(after.get("ProductReviews")).isEqualTo(m(Map.of("FiveStar", l(), "Count", n(1))));
  }

  @Test
  void oneListCanLoseAndGainElementsAtOnce() {
    assertThat(
            update(
                    "SET RelatedItems[3] = :x, RelatedItems[4] = :y REMOVE RelatedItems[0]",
                    Map.of(":x", s("X"), ":y", s("Y")))
                .get("RelatedItems"))
        .isEqualTo(l(s("Hammer"), s("Nails"), s("X"), s("Y")));
  }

  @Test
  void addCountsAndBeginsAtZero() {
    assertThat(
            update(
                "ADD Price :p, Quantity :p, ProductReviews.#c :p",
                Map.of(":p", n("-2.5")),
                Map.of("#c", "Count")))
        .containsEntry("Price", n("49.5"))
        .containsEntry("Quantity", n("-2.5"))
        .containsEntry(
            "ProductReviews", m(Map.of("FiveStar", l(s("Excellent!")), "Count", n("-1.5"))));
  }

  @Test
  void addUnitesSets() {
    Map<String, AttributeValue> after =
        update(
            "ADD Color :c, Sizes :n, Codes :b, NewColor :c",
            Map.of(":c", ss("Red", "Blue"), ":n", ns("2.0", "3"), ":b", bs(b(2), b(3))));

    assertSame(after.get("Color"), ss("Black", "Blue", "Red"));
    assertSame(after.get("Sizes"), ns("1", "2", "3"));
    assertSame(after.get("Codes"), bs(b(1), b(2), b(3)));
    assertSame(after.get("NewColor"), ss("Red", "Blue"));
  }

  @Test
  void deleteTakesOutOfSetsAndAnEmptySetGoes() {
    Map<String, AttributeValue> after =
        update(
            "DELETE Color :c, Sizes :n, Codes :b, Absent :c",
            Map.of(":c", ss("Red", "Blue"), ":n", ns("1.0", "2"), ":b", bs(b(9))));

    assertSame(after.get("Color"), ss("Black"));
    assertThat(after).doesNotContainKey("Sizes").doesNotContainKey("Absent");
    assertSame(after.get("Codes"), bs(b(1), b(2)));
  }

  @Test
  void anItemThatIsNotThereIsMadeOfItsKey() {
    Placeholders placeholders = Placeholders.of(null, Map.of(":one", n(1)));

    assertThat(
            Update.parse("SET Brand = :one ADD Totals :one REMOVE Absent")
                .apply(Map.of("Id", n(1)), placeholders, Set.of("Id"))
                .item())
        .isEqualTo(Map.of("Id", n(1), "Brand", n(1), "Totals", n(1)));
  }

  @Test
  void theOldItemStaysAsItWas() {
    Map<String, AttributeValue> before = new HashMap<>(ITEM);

    update("SET RelatedItems[0] = :a, ProductReviews.x = :a REMOVE Color", Map.of(":a", n(1)));

    assertThat(before).isEqualTo(ITEM);
  }

  /**
   * What UPDATED_OLD and UPDATED_NEW answer.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html#DDB-UpdateItem-request-ReturnValues">ReturnValues</a>
   */
  @Test
  void touchedPlacesGiveTheirOldAndNewValues() {
    Placeholders placeholders = Placeholders.of(null, Map.of(":p", n(1)));
    Updated updated =
        Update.parse(
                "SET Price = :p, ProductReviews.Fresh = :p REMOVE Brand ADD ProductReviews.Stale"
                    + " :p")
            .apply(ITEM, placeholders, Set.of("Id"));

    assertThat(updated.touched().of(ITEM)).isEqualTo(Map.of("Price", n(52), "Brand", s("Acme")));
    assertThat(updated.touched().of(updated.item()))
        .isEqualTo(
            Map.of("Price", n(1), "ProductReviews", m(Map.of("Fresh", n(1), "Stale", n(1)))));
  }

  @Test
  void whatIsMissingCannotBeRead() {
    String message =
        "The provided expression refers to an attribute that does not exist in the item";

    assertRefused("SET a = Absent", null, message);
    assertRefused("SET a = Absent + :p", Map.of(":p", n(1)), message);
    assertRefused("SET a = list_append(Absent, :l)", Map.of(":l", l()), message);
    assertRefused("SET a = if_not_exists(Absent, Faraway)", null, message);
  }

  @Test
  void pathsLeadThroughWhatIsThere() {
    String message = "The document path provided in the update expression is invalid for update";

    assertRefused("SET Absent.a = :p", Map.of(":p", n(1)), message);
    assertRefused("SET Brand.a = :p", Map.of(":p", n(1)), message);
    assertRefused("SET RelatedItems.a = :p", Map.of(":p", n(1)), message);
    assertRefused("SET ProductReviews[0] = :p", Map.of(":p", n(1)), message);
    assertRefused("SET RelatedItems[9].a = :p", Map.of(":p", n(1)), message);
    assertRefused("REMOVE Absent.a", null, message);
    assertRefused("ADD Absent.a :p", Map.of(":p", n(1)), message);
    assertRefused("DELETE Absent.a :s", Map.of(":s", ss("a")), message);
  }

  @Test
  void typesFitTheOperation() {
    String message = "An operand in the update expression has an incorrect data type";

    assertRefused("SET a = Brand + :p", Map.of(":p", n(1)), message);
    assertRefused("SET a = Price - Brand", null, message);
    assertRefused("SET a = list_append(Brand, RelatedItems)", null, message);
    assertRefused("ADD Brand :p", Map.of(":p", n(1)), message);
    assertRefused("ADD Color :n", Map.of(":n", ns("1")), message);
    assertRefused("DELETE Color :n", Map.of(":n", ns("1")), message);
    assertRefused("DELETE Brand :s", Map.of(":s", ss("Acme")), message);
  }

  private static void assertSame(AttributeValue one, AttributeValue other) {
    assertThat(AttributeOrder.equal(one, other)).as("%s and %s", one, other).isTrue();
  }

  private static Map<String, AttributeValue> update(
      String text, Map<String, AttributeValue> values) {
    return update(text, values, null);
  }

  private static Map<String, AttributeValue> update(
      String text, Map<String, AttributeValue> values, Map<String, String> names) {
    Placeholders placeholders = Placeholders.of(names, values);
    Map<String, AttributeValue> after =
        Update.parse(text).apply(ITEM, placeholders, Set.of("Id")).item();
    placeholders.requireAllUsed();
    return after;
  }

  private static void assertRefused(
      String text, Map<String, AttributeValue> values, String message) {
    assertThatThrownBy(() -> update(text, values))
        .as(text)
        .isInstanceOf(InvalidExpression.class)
        .hasMessage(message);
  }
}
