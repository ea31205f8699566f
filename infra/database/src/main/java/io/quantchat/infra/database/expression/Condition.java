package io.quantchat.infra.database.expression;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition or filter expression. Knows no values: a request's {@link Placeholders} have them, so
 * one that was read serves all requests with its text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">Condition
 *     and filter expressions</a>
 */
public final class Condition {

  private static final Map<ExpressionKind, ExpressionCache<Condition>> READ = caches();

  private final ExpressionKind kind;
  private final Predicate predicate;

  private Condition(ExpressionKind kind, Predicate predicate) {
    this.kind = kind;
    this.predicate = predicate;
  }

  /**
   * Reads a text, once.
   *
   * @param kind the parameter that holds it, which errors name
   * @throws InvalidExpression if it isn't a condition by DynamoDB's grammar
   */
  public static Condition parse(ExpressionKind kind, String text) {
    return READ.get(kind).of(text);
  }

  /**
   * Sees that a request's placeholders fit, and notes which are used. Nothing else may be called
   * with placeholders that weren't checked.
   *
   * @throws InvalidExpression if one is missing, or an operator can't take what it stands for
   */
  public void check(Placeholders placeholders) {
    ConditionCheck check = new ConditionCheck(kind, placeholders);
    leaves(predicate, check::check);
  }

  /**
   * Whether it holds of an item.
   *
   * @param item empty where there is none
   */
  public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
    return new Evaluation(item, placeholders).holds(predicate);
  }

  /** The attributes that it looks at, or into. */
  public Set<String> attributes(Placeholders placeholders) {
    Set<String> attributes = new HashSet<>();
    paths(path -> attributes.add(path.attribute(placeholders)));
    return attributes;
  }

  /** The attributes into which it looks, by names or indexes. A key can't be among them. */
  public Set<String> nestedAttributes(Placeholders placeholders) {
    Set<String> attributes = new HashSet<>();
    paths(
        path -> {
          if (path.isNested()) {
            attributes.add(path.attribute(placeholders));
          }
        });
    return attributes;
  }

  Predicate predicate() {
    return predicate;
  }

  private void paths(Consumer<Path> visit) {
    leaves(predicate, leaf -> leaf.operands().forEach(operand -> paths(operand, visit)));
  }

  private static void paths(Operand operand, Consumer<Path> visit) {
    switch (operand) {
      case Operand.Document(Path path) -> visit.accept(path);
      case Operand.Call call -> call.arguments().forEach(argument -> paths(argument, visit));
      case Operand.Value value -> {}
    }
  }

  private static void leaves(Predicate predicate, Consumer<Predicate.Leaf> visit) {
    switch (predicate) {
      case Predicate.And(Predicate left, Predicate right) -> {
        leaves(left, visit);
        leaves(right, visit);
      }
      case Predicate.Or(Predicate left, Predicate right) -> {
        leaves(left, visit);
        leaves(right, visit);
      }
      case Predicate.Not(Predicate of) -> leaves(of, visit);
      case Predicate.Leaf leaf -> visit.accept(leaf);
    }
  }

  private static Map<ExpressionKind, ExpressionCache<Condition>> caches() {
    Map<ExpressionKind, ExpressionCache<Condition>> caches = new EnumMap<>(ExpressionKind.class);
    for (ExpressionKind kind :
        Set.of(ExpressionKind.CONDITION, ExpressionKind.FILTER, ExpressionKind.KEY_CONDITION)) {
      caches.put(
          kind,
          new ExpressionCache<>(text -> new Condition(kind, ConditionReader.read(kind, text))));
    }
    return caches;
  }
}
