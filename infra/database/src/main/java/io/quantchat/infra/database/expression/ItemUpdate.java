package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.item.InvalidValue;
import io.quantchat.infra.database.item.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One update of one item. Every value is read from the item as it was before. */
record ItemUpdate(Map<String, AttributeValue> item, Placeholders placeholders) {

  Map<String, AttributeValue> apply(List<UpdateAction> actions) {
    Edit edit = new Edit();
    for (UpdateAction action : actions) {
      Path path = action.path().resolved(placeholders);
      switch (action) {
        case UpdateAction.Set set -> edit.put(path, present(set.to()));
        case UpdateAction.Remove remove -> edit.remove(path);
        case UpdateAction.Add add ->
            edit.put(path, added(path, placeholders.value(add.value().key())));
        case UpdateAction.Delete delete ->
            delete(edit, path, placeholders.value(delete.value().key()));
      }
    }
    return edit.of(item);
  }

  private AttributeValue present(Operand operand) {
    AttributeValue value = value(operand);
    if (value == null) {
      throw new InvalidExpression(
          "The provided expression refers to an attribute that does not exist in the item");
    }
    return value;
  }

  private AttributeValue value(Operand operand) {
    return switch (operand) {
      case Operand.Value(String key) -> placeholders.value(key);
      case Operand.Document(Path path) -> path.in(item, placeholders);
      case Operand.Call call -> result(call);
    };
  }

  private AttributeValue result(Operand.Call call) {
    Operand first = call.arguments().getFirst();
    Operand second = call.arguments().getLast();
    return switch (UpdateFunction.of(call.function())) {
      case IF_NOT_EXISTS -> {
        AttributeValue there = value(first);
        yield there == null ? present(second) : there;
      }
      case LIST_APPEND -> appended(present(first), present(second));
      case PLUS -> sum(present(first), present(second), 1);
      case MINUS -> sum(present(first), present(second), -1);
    };
  }

  private static AttributeValue appended(AttributeValue first, AttributeValue second) {
    if (!first.hasL() || !second.hasL()) {
      throw incorrectType();
    }
    List<AttributeValue> both = new ArrayList<>(first.l().size() + second.l().size());
    both.addAll(first.l());
    both.addAll(second.l());
    return AttributeValue.fromL(both);
  }

  private static AttributeValue sum(AttributeValue left, AttributeValue right, int sign) {
    if (left.n() == null || right.n() == null) {
      throw incorrectType();
    }
    BigDecimal second = new BigDecimal(right.n());
    try {
      return AttributeValue.fromN(
          Numbers.text(new BigDecimal(left.n()).add(sign < 0 ? second.negate() : second)));
    } catch (InvalidValue outOfRange) {
      throw new InvalidExpression(outOfRange.getMessage());
    }
  }

  private AttributeValue added(Path path, AttributeValue value) {
    AttributeValue there = path.in(item, placeholders);
    if (there == null) {
      return value;
    }
    if (there.type() != value.type()) {
      throw incorrectType();
    }
    return switch (there.type()) {
      case N -> sum(there, value, 1);
      case SS -> AttributeValue.fromSs(union(there.ss(), value.ss()));
      case NS -> AttributeValue.fromNs(union(there.ns(), value.ns()));
      case BS -> AttributeValue.fromBs(union(there.bs(), value.bs()));
      default -> throw incorrectType();
    };
  }

  private void delete(Edit edit, Path path, AttributeValue value) {
    AttributeValue there = path.in(item, placeholders);
    if (there == null) {
      edit.leave(path);
      return;
    }
    if (there.type() != value.type()) {
      throw incorrectType();
    }
    switch (there.type()) {
      case SS -> {
        List<String> left = difference(there.ss(), value.ss());
        putUnlessEmpty(edit, path, left, AttributeValue.fromSs(left));
      }
      case NS -> {
        List<String> left = difference(there.ns(), value.ns());
        putUnlessEmpty(edit, path, left, AttributeValue.fromNs(left));
      }
      case BS -> {
        List<SdkBytes> left = difference(there.bs(), value.bs());
        putUnlessEmpty(edit, path, left, AttributeValue.fromBs(left));
      }
      default -> throw incorrectType();
    }
  }

  /** DynamoDB keeps no empty set: the attribute goes with its last element. */
  private static void putUnlessEmpty(Edit edit, Path path, List<?> left, AttributeValue set) {
    if (left.isEmpty()) {
      edit.remove(path);
    } else {
      edit.put(path, set);
    }
  }

  private static <T> List<T> union(List<T> there, List<T> more) {
    Set<T> all = new LinkedHashSet<>(there);
    all.addAll(more);
    return List.copyOf(all);
  }

  private static <T> List<T> difference(List<T> there, List<T> less) {
    Set<T> left = new LinkedHashSet<>(there);
    less.forEach(left::remove);
    return List.copyOf(left);
  }

  private static InvalidExpression incorrectType() {
    return new InvalidExpression("An operand in the update expression has an incorrect data type");
  }
}
