package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.item.AttributeOrder;
import io.quantchat.infra.database.item.AttributeType;
import io.quantchat.infra.database.item.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whether a checked condition holds of one item. What isn't there equals nothing and has no order;
 * values of different types are never equal and have no order either.
 */
record Evaluation(Map<String, AttributeValue> item, Placeholders placeholders) {

  boolean holds(Predicate predicate) {
    return switch (predicate) {
      case Predicate.And(Predicate left, Predicate right) -> holds(left) && holds(right);
      case Predicate.Or(Predicate left, Predicate right) -> holds(left) || holds(right);
      case Predicate.Not(Predicate of) -> !holds(of);
      case Predicate.Comparison(Comparator comparator, Operand left, Operand right) ->
          compares(value(left), comparator, value(right));
      case Predicate.Between(Operand of, Operand low, Operand high) -> {
        AttributeValue value = value(of);
        yield compares(value, Comparator.AT_LEAST, value(low))
            && compares(value, Comparator.AT_MOST, value(high));
      }
      case Predicate.In(List<Operand> operands) -> isOneOf(operands);
      case Predicate.Test(ConditionFunction function, List<Operand> operands) ->
          holds(function, operands);
    };
  }

  /** Whether a comparator holds of two values, either of which may be null for what isn't there. */
  static boolean compares(AttributeValue left, Comparator comparator, AttributeValue right) {
    if (comparator.needsOrder()) {
      return left != null
          && right != null
          && left.type() == right.type()
          && AttributeType.of(left).isOrdered()
          && comparator.holds(AttributeOrder.compare(left, right));
    }
    boolean equal = left != null && right != null && AttributeOrder.equal(left, right);
    return equal == (comparator == Comparator.EQUAL);
  }

  static boolean beginsWith(AttributeValue whole, AttributeValue prefix) {
    if (whole == null || prefix == null || whole.type() != prefix.type()) {
      return false;
    }
    return switch (whole.type()) {
      case S -> whole.s().startsWith(prefix.s());
      case B -> isAt(whole.b(), prefix.b(), 0);
      default -> false;
    };
  }

  private boolean isOneOf(List<Operand> operands) {
    AttributeValue value = value(operands.getFirst());
    for (int i = 1; i < operands.size() && value != null; i++) {
      if (compares(value, Comparator.EQUAL, value(operands.get(i)))) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(ConditionFunction function, List<Operand> operands) {
    AttributeValue first = value(operands.getFirst());
    return switch (function) {
      case ATTRIBUTE_EXISTS -> first != null;
      case ATTRIBUTE_NOT_EXISTS -> first == null;
      case ATTRIBUTE_TYPE ->
          first != null
              && AttributeType.of(first) == AttributeType.named(value(operands.getLast()).s());
      case BEGINS_WITH -> beginsWith(first, value(operands.getLast()));
      case CONTAINS -> contains(first, value(operands.getLast()));
      case SIZE -> throw new IllegalStateException("A size is no condition.");
    };
  }

  private AttributeValue value(Operand operand) {
    return switch (operand) {
      case Operand.Value(String key) -> placeholders.value(key);
      case Operand.Document(Path path) -> path.in(item, placeholders);
      case Operand.Call size -> size(value(size.arguments().getFirst()));
    };
  }

  /** The size of a value; null for what has none. */
  private static AttributeValue size(AttributeValue value) {
    if (value == null) {
      return null;
    }
    int size =
        switch (value.type()) {
          case S -> value.s().length();
          case B -> value.b().asByteArrayUnsafe().length;
          case SS -> value.ss().size();
          case NS -> value.ns().size();
          case BS -> value.bs().size();
          case L -> value.l().size();
          case M -> value.m().size();
          default -> -1;
        };
    return size < 0 ? null : AttributeValue.fromN(Integer.toString(size));
  }

  private static boolean contains(AttributeValue whole, AttributeValue part) {
    if (whole == null || part == null) {
      return false;
    }
    return switch (whole.type()) {
      case S -> part.s() != null && whole.s().contains(part.s());
      case B -> part.b() != null && holdsBytes(whole.b(), part.b());
      case SS -> part.s() != null && whole.ss().contains(part.s());
      case NS ->
          part.n() != null
              && whole.ns().stream().anyMatch(one -> Numbers.compare(one, part.n()) == 0);
      case BS -> part.b() != null && whole.bs().contains(part.b());
      case L -> whole.l().stream().anyMatch(one -> AttributeOrder.equal(one, part));
      default -> false;
    };
  }

  private static boolean holdsBytes(SdkBytes whole, SdkBytes part) {
    int last = whole.asByteArrayUnsafe().length - part.asByteArrayUnsafe().length;
    for (int at = 0; at <= last; at++) {
      if (isAt(whole, part, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(SdkBytes whole, SdkBytes part, int at) {
    byte[] bytes = whole.asByteArrayUnsafe();
    byte[] wanted = part.asByteArrayUnsafe();
    return at + wanted.length <= bytes.length
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }
}
