package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.item.AttributeOrder;
import io.quantchat.infra.database.item.AttributeType;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sees that the placeholders of a request fit a condition: first that all of them are there, then
 * how many operands each function has, then that no path is compared with itself, then the types.
 */
final class ConditionCheck {

  private static final String TYPES_AS_WHERE_UNKNOWN = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";
  private static final String VALID_TYPES = "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}";
  private static final Set<AttributeType> WITHOUT_SIZE =
      Set.of(AttributeType.N, AttributeType.BOOL, AttributeType.NULL);

  private final ExpressionKind kind;
  private final Placeholders placeholders;

  ConditionCheck(ExpressionKind kind, Placeholders placeholders) {
    this.kind = kind;
    this.placeholders = placeholders;
  }

  void check(Predicate.Leaf leaf) {
    leaf.operands().forEach(this::use);
    leaf.operands().forEach(this::requireCount);
    switch (leaf) {
      case Predicate.Comparison(Comparator comparator, Operand left, Operand right) -> {
        requireDistinct(comparator.symbol(), left, right);
        checkSizes(leaf.operands());
        if (comparator.needsOrder()) {
          requireOrdered(comparator.symbol(), leaf.operands());
        }
      }
      case Predicate.Between(Operand of, Operand low, Operand high) -> {
        checkSizes(leaf.operands());
        requireOrdered("BETWEEN", leaf.operands());
        requireBounds(low, high);
      }
      case Predicate.In in -> checkSizes(in.operands());
      case Predicate.Test test -> check(test);
    }
  }

  private void check(Predicate.Test test) {
    ConditionFunction function = test.function();
    requireCount(function, test.operands());
    if (test.operands().size() == 2) {
      requireDistinct(function.written(), test.operands().getFirst(), test.operands().getLast());
    }
    checkSizes(test.operands());
    switch (function) {
      case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS -> requirePath(test);
      case BEGINS_WITH -> test.operands().forEach(this::requireTextOrBinary);
      case ATTRIBUTE_TYPE -> requireTypeName(test.operands().getLast());
      case CONTAINS, SIZE -> {}
    }
  }

  private void use(Operand operand) {
    switch (operand) {
      case Operand.Value(String key) -> placeholders.useValue(kind, key);
      case Operand.Document(Path path) -> path.use(kind, placeholders);
      case Operand.Call call -> call.arguments().forEach(this::use);
    }
  }

  private void requireCount(Operand operand) {
    if (operand instanceof Operand.Call call) {
      call.arguments().forEach(this::requireCount);
      requireCount(ConditionFunction.of(call.function()), call.arguments());
    }
  }

  private void requireCount(ConditionFunction function, List<Operand> operands) {
    if (operands.size() != function.operands()) {
      throw kind.invalid(
          "Incorrect number of operands for operator or function; operator or function: %s, number"
                  .formatted(function.written())
              + " of operands: "
              + operands.size());
    }
  }

  private void requireDistinct(String operator, Operand left, Operand right) {
    if (left instanceof Operand.Document(Path one)
        && right instanceof Operand.Document(Path other)) {
      Path first = one.resolved(placeholders);
      if (first.equals(other.resolved(placeholders))) {
        throw kind.invalid(
            "The first operand must be distinct from the remaining operands for this operator or"
                + " function; operator: %s, first operand: %s".formatted(operator, first));
      }
    }
  }

  private void checkSizes(List<Operand> operands) {
    for (Operand operand : operands) {
      if (operand instanceof Operand.Call call) {
        checkSizes(call.arguments());
        AttributeType type = typeOf(call.arguments().getFirst());
        if (type != null && WITHOUT_SIZE.contains(type)) {
          throw incorrectType(ConditionFunction.SIZE.written(), type);
        }
      }
    }
  }

  private void requireOrdered(String operator, List<Operand> operands) {
    for (Operand operand : operands) {
      AttributeType type = typeOf(operand);
      if (type != null && !type.isOrdered()) {
        throw incorrectType(operator, type);
      }
    }
  }

  private void requireBounds(Operand low, Operand high) {
    if (!(low instanceof Operand.Value(String lowKey))
        || !(high instanceof Operand.Value(String highKey))) {
      return;
    }
    AttributeValue from = placeholders.value(lowKey);
    AttributeValue to = placeholders.value(highKey);
    if (from.type() != to.type()) {
      throw kind.invalid(
          "The BETWEEN operator requires same data type for lower and upper bounds; "
              + bounds(from, to));
    }
    if (AttributeOrder.compare(from, to) > 0) {
      throw kind.invalid(
          "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
              + bounds(from, to));
    }
  }

  private void requirePath(Predicate.Test test) {
    if (!(test.operands().getFirst() instanceof Operand.Document)) {
      throw kind.invalid(
          "Operator or function requires a document path; operator or function: "
              + test.function().written());
    }
  }

  private void requireTextOrBinary(Operand operand) {
    AttributeType type = typeOf(operand);
    if (type != null && type != AttributeType.S && type != AttributeType.B) {
      throw incorrectType(ConditionFunction.BEGINS_WITH.written(), type);
    }
  }

  private void requireTypeName(Operand operand) {
    AttributeType type = typeOf(operand);
    if (type != AttributeType.S) {
      throw incorrectType(
          ConditionFunction.ATTRIBUTE_TYPE.written(),
          type == null ? TYPES_AS_WHERE_UNKNOWN : type.name());
    }
    String name = placeholders.value(((Operand.Value) operand).key()).s();
    if (AttributeType.named(name) == null) {
      throw kind.invalid(
          "Invalid attribute type name found; type: %s, valid types: %s"
              .formatted(name, VALID_TYPES));
    }
  }

  /** The type that is known before any item is seen; null where there is none. */
  private AttributeType typeOf(Operand operand) {
    return switch (operand) {
      case Operand.Value(String key) -> AttributeType.of(placeholders.value(key));
      case Operand.Call size -> AttributeType.N;
      case Operand.Document document -> null;
    };
  }

  private InvalidExpression incorrectType(String operator, AttributeType type) {
    return incorrectType(operator, type.name());
  }

  private InvalidExpression incorrectType(String operator, String type) {
    return kind.invalid(
        "Incorrect operand type for operator or function; operator or function: %s, operand type: %s"
            .formatted(operator, type));
  }

  private static String bounds(AttributeValue from, AttributeValue to) {
    return "lower bound operand: AttributeValue: %s, upper bound operand: AttributeValue: %s"
        .formatted(shown(from), shown(to));
  }

  private static String shown(AttributeValue value) {
    return switch (value.type()) {
      case S -> "{S:" + value.s() + "}";
      case N -> "{N:" + value.n() + "}";
      default -> "{B:" + value.b().asByteBuffer() + "}";
    };
  }
}
