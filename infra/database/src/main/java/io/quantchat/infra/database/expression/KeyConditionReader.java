package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.expression.KeyCondition.Bound;
import io.quantchat.infra.database.expression.KeyCondition.SortRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds in a condition what a query can look up by, and refuses all else. */
final class KeyConditionReader {

  private static final String OPERATOR = "Invalid operator used in KeyConditionExpression: ";
  private static final String CONDITION = "Invalid condition in KeyConditionExpression: ";

  private final Placeholders placeholders;
  private final Map<String, SortRange> byAttribute = new LinkedHashMap<>();

  KeyConditionReader(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  KeyCondition read(Predicate predicate, String partitionKey, Optional<String> sortKey) {
    collect(predicate);
    if (byAttribute.size() > 2) {
      throw new InvalidExpression("Conditions can be of length 1 or 2 only");
    }
    if (sortKey.isEmpty() && byAttribute.size() > 1) {
      throw new InvalidExpression("Query key condition not supported");
    }
    SortRange partition = byAttribute.get(partitionKey);
    if (partition == null) {
      throw missed(partitionKey);
    }
    if (partition.bound() != Bound.EQUAL) {
      throw new InvalidExpression("Query key condition not supported");
    }
    Optional<SortRange> sort = sortKey.map(byAttribute::get);
    if (sort.isEmpty() && byAttribute.size() > 1) {
      throw missed(sortKey.orElseThrow());
    }
    return new KeyCondition(partition.value(), sort);
  }

  private void collect(Predicate predicate) {
    switch (predicate) {
      case Predicate.And(Predicate left, Predicate right) -> {
        collect(left);
        collect(right);
      }
      case Predicate.Or or -> throw new InvalidExpression(OPERATOR + "OR");
      case Predicate.Not not -> throw new InvalidExpression(OPERATOR + "NOT");
      case Predicate.In in -> throw new InvalidExpression(OPERATOR + "IN");
      case Predicate.Comparison comparison -> addComparison(comparison);
      case Predicate.Between between -> {
        requireFirst("BETWEEN", between.of());
        add(between.operands(), Bound.BETWEEN);
      }
      case Predicate.Test test -> {
        if (test.function() != ConditionFunction.BEGINS_WITH) {
          throw new InvalidExpression(OPERATOR + test.function().written());
        }
        requireFirst(test.function().written(), test.operands().getFirst());
        add(test.operands(), Bound.BEGINS_WITH);
      }
    }
  }

  private void addComparison(Predicate.Comparison comparison) {
    if (comparison.comparator() == Comparator.NOT_EQUAL) {
      throw new InvalidExpression(OPERATOR + Comparator.NOT_EQUAL.symbol());
    }
    if (comparison.right() instanceof Operand.Document
        && !(comparison.left() instanceof Operand.Document)) {
      add(comparison.operands().reversed(), bound(comparison.comparator().mirrored()));
    } else {
      add(comparison.operands(), bound(comparison.comparator()));
    }
  }

  /** Adds what one attribute, the first operand, is compared with: the other operands. */
  private void add(List<Operand> operands, Bound bound) {
    for (Operand operand : operands) {
      if (operand instanceof Operand.Call) {
        throw new InvalidExpression("KeyConditionExpressions cannot contain nested operations");
      }
    }
    if (!(operands.getFirst() instanceof Operand.Document(Path path))) {
      throw new InvalidExpression(CONDITION + "No key attribute specified");
    }
    if (operands.stream().filter(Operand.Document.class::isInstance).count() > 1) {
      throw new InvalidExpression(CONDITION + "Multiple attribute names used in one condition");
    }
    if (path.isNested()) {
      throw new InvalidExpression(
          "KeyConditionExpressions cannot have conditions on nested attributes");
    }
    SortRange range = new SortRange(bound, value(operands.get(1)), value(operands.getLast()));
    if (byAttribute.putIfAbsent(path.attribute(placeholders), range) != null) {
      throw new InvalidExpression(
          "KeyConditionExpressions must only contain one condition per key");
    }
  }

  private AttributeValue value(Operand operand) {
    return placeholders.value(((Operand.Value) operand).key());
  }

  private static void requireFirst(String operator, Operand first) {
    if (!(first instanceof Operand.Document)) {
      throw new InvalidExpression(
          CONDITION + operator + " operator must have the key attribute as its first operand");
    }
  }

  private static InvalidExpression missed(String key) {
    return new InvalidExpression("Query condition missed key schema element: " + key);
  }

  private static Bound bound(Comparator comparator) {
    return switch (comparator) {
      case EQUAL -> Bound.EQUAL;
      case LESS -> Bound.LESS;
      case AT_MOST -> Bound.AT_MOST;
      case GREATER -> Bound.GREATER;
      case AT_LEAST -> Bound.AT_LEAST;
      case NOT_EQUAL -> throw new IllegalArgumentException("A key can't be looked up by <>.");
    };
  }
}
