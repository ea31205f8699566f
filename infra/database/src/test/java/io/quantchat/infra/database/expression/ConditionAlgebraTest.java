package io.quantchat.infra.database.expression;

import static io.quantchat.infra.database.expression.Values.b;
import static io.quantchat.infra.database.expression.Values.bool;
import static io.quantchat.infra.database.expression.Values.l;
import static io.quantchat.infra.database.expression.Values.n;
import static io.quantchat.infra.database.expression.Values.ns;
import static io.quantchat.infra.database.expression.Values.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Laws of logic and order, on conditions and items that a seed makes. */
class ConditionAlgebraTest {

  private static final int CASES = 2_000;

  private static final List<AttributeValue> SOME =
      List.of(
          n(0),
          n(-1),
          n("1.5"),
          n("1E20"),
          s(""),
          s("a"),
          s("ab"),
          s("\uD83D\uDE00"),
          s("\uFFFD"),
          b(),
          b(0),
          b(0xff),
          bool(true),
          l(n(1)),
          ns("1", "2"));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Map<String, AttributeValue> item = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  @Test
  void notAndOrObeyTheirLaws() {
    for (int i = 0; i < CASES; i++) {
      shuffle();
      String p = condition(3);
      String q = condition(3);
      String r = condition(2);
      boolean pHolds = holds(p);
      boolean qHolds = holds(q);

      assertLaw("NOT (" + p + ")", !pHolds);
      assertLaw("(" + p + ") AND (" + q + ")", pHolds && qHolds);
      assertLaw("(" + p + ") OR (" + q + ")", pHolds || qHolds);
      assertLaw("NOT ((" + p + ") AND (" + q + "))", !pHolds || !qHolds);
      assertLaw(p + " OR " + q + " AND " + r, pHolds || (qHolds && holds(r)), p, q, r);
    }
  }

  @Test
  void exactlyOneOfLessEqualAndGreaterHoldsOfOrderedValuesOfOneType() {
    for (AttributeValue left : SOME) {
      for (AttributeValue right : SOME) {
        int holding = 0;
        for (Comparator comparator :
            List.of(Comparator.LESS, Comparator.EQUAL, Comparator.GREATER)) {
          boolean holds = Evaluation.compares(left, comparator, right);
          assertThat(Evaluation.compares(right, comparator.mirrored(), left)).isEqualTo(holds);
          holding += holds ? 1 : 0;
        }
        boolean ordered =
            left.type() == right.type()
                && (left.s() != null || left.n() != null || left.b() != null);
        int wanted = ordered || left.equals(right) ? 1 : 0;
        assertThat(holding).as("%s and %s", left, right).isEqualTo(wanted);
        assertThat(Evaluation.compares(left, Comparator.AT_MOST, right))
            .isEqualTo(ordered && !Evaluation.compares(left, Comparator.GREATER, right));
      }
    }
  }

  @Test
  void orderIsTransitive() {
    for (AttributeValue a : SOME) {
      for (AttributeValue b : SOME) {
        for (AttributeValue c : SOME) {
          if (Evaluation.compares(a, Comparator.AT_MOST, b)
              && Evaluation.compares(b, Comparator.AT_MOST, c)) {
            assertThat(Evaluation.compares(a, Comparator.AT_MOST, c))
                .as("%s, %s, %s", a, b, c)
                .isTrue();
          }
        }
      }
    }
  }

  /** Checks the law where none of the parts has an OR, or an AND, at its top. */
  private void assertLaw(String text, boolean wanted, String... parts) {
    for (String part : parts) {
      if (part.contains(" OR ") || part.contains(" AND ")) {
        return;
      }
    }
    assertLaw(text, wanted);
  }

  private void assertLaw(String text, boolean wanted) {
    assertThat(holds(text))
        .as("%s of %s with %s, seed %d", text, item, values, seed)
        .isEqualTo(wanted);
  }

  private void shuffle() {
    item.clear();
    for (String name : List.of("a", "b", "c")) {
      if (random.nextInt(4) > 0) {
        item.put(name, some());
      }
    }
    for (String key : List.of(":x", ":y")) {
      values.put(
          key, random.nextBoolean() ? n(random.nextInt(3)) : s("a".repeat(random.nextInt(3))));
    }
  }

  private AttributeValue some() {
    return SOME.get(random.nextInt(SOME.size()));
  }

  private String condition(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf();
    }
    return switch (random.nextInt(3)) {
      case 0 -> "NOT " + "(" + condition(depth - 1) + " OR a = :x)";
      case 1 -> condition(depth - 1) + " AND " + condition(depth - 1);
      default -> condition(depth - 1) + " OR " + condition(depth - 1);
    };
  }

  private String leaf() {
    String name = List.of("a", "b", "c").get(random.nextInt(3));
    String comparator = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
    return switch (random.nextInt(6)) {
      case 0 -> "attribute_exists(" + name + ")";
      case 1 -> "attribute_not_exists(" + name + ")";
      case 2 -> name + " IN (:x, :y)";
      case 3 -> "contains(" + name + ", :x)";
      case 4 -> "size(" + name + ") " + comparator + " :y";
      default -> name + " " + comparator + " :x";
    };
  }

  private boolean holds(String text) {
    Placeholders placeholders = Placeholders.of(null, values);
    Condition condition = Condition.parse(ExpressionKind.FILTER, text);
    condition.check(placeholders);
    return condition.holds(item, placeholders);
  }
}
