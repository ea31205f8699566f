package io.quantchat.infra.database.differential;

import io.quantchat.infra.database.expression.Condition;
import io.quantchat.infra.database.expression.ExpressionKind;
import io.quantchat.infra.database.expression.Placeholders;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A condition as a tree, so that it can be said what dynalite makes of it. */
sealed interface RandomCondition {

  /** The expression. */
  String text();

  /**
   * Whether dynalite takes it to hold of an item.
   *
   * @param item empty where there is none
   * @param why the known differences by which dynalite decides a part otherwise are added to it
   */
  boolean holdsInDynalite(
      Map<String, AttributeValue> item, Placeholders placeholders, Set<KnownDifference> why);

  /**
   * What dynalite makes of a part where that may be another thing than it ought to be.
   *
   * @param holds its answer
   */
  record Verdict(KnownDifference why, boolean holds) {}

  /**
   * A part without further parts.
   *
   * @param verdict what dynalite makes of it, by the item; empty where it decides rightly
   */
  record Leaf(String text, Function<Map<String, AttributeValue>, Optional<Verdict>> verdict)
      implements RandomCondition {

    @Override
    public boolean holdsInDynalite(
        Map<String, AttributeValue> item, Placeholders placeholders, Set<KnownDifference> why) {
      Condition condition = Condition.parse(ExpressionKind.CONDITION, text);
      condition.check(placeholders);
      boolean holds = condition.holds(item, placeholders);
      Optional<Verdict> other = verdict.apply(item).filter(given -> given.holds() != holds);
      other.ifPresent(given -> why.add(given.why()));
      return other.isPresent() != holds;
    }
  }

  /** Both. */
  record And(RandomCondition left, RandomCondition right) implements RandomCondition {
    @Override
    public String text() {
      return left.text() + " AND " + right.text();
    }

    @Override
    public boolean holdsInDynalite(
        Map<String, AttributeValue> item, Placeholders placeholders, Set<KnownDifference> why) {
      return left.holdsInDynalite(item, placeholders, why)
          && right.holdsInDynalite(item, placeholders, why);
    }
  }

  /** One or both. */
  record Or(RandomCondition left, RandomCondition right) implements RandomCondition {
    @Override
    public String text() {
      return left.text() + " OR " + right.text();
    }

    @Override
    public boolean holdsInDynalite(
        Map<String, AttributeValue> item, Placeholders placeholders, Set<KnownDifference> why) {
      return left.holdsInDynalite(item, placeholders, why)
          || right.holdsInDynalite(item, placeholders, why);
    }
  }

  /** The contrary. */
  record Not(RandomCondition of) implements RandomCondition {
    @Override
    public String text() {
      return "NOT (" + of.text() + ")";
    }

    @Override
    public boolean holdsInDynalite(
        Map<String, AttributeValue> item, Placeholders placeholders, Set<KnownDifference> why) {
      return !of.holdsInDynalite(item, placeholders, why);
    }
  }
}
