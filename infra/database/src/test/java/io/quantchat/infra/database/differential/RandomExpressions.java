package io.quantchat.infra.database.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Expressions with the placeholders that they use. */
final class RandomExpressions {

  private final RandomValues values;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> placed = new HashMap<>();

  RandomExpressions(RandomValues values) {
    this.values = values;
  }

  /** Null where there are none, as the SDK has it. */
  Map<String, String> names() {
    return names.isEmpty() ? null : names;
  }

  /** Null where there are none, as the SDK has it. */
  Map<String, AttributeValue> values() {
    return placed.isEmpty() ? null : placed;
  }

  /** A condition of one or two parts. */
  RandomCondition condition() {
    if (!values.isWild()) {
      return plain(values.one(List.of("attribute_exists(", "attribute_not_exists(")) + "u)");
    }
    return switch (values.one(List.of(0, 0, 0, 1, 2, 3))) {
      case 1 -> new RandomCondition.And(leaf(), leaf());
      case 2 -> new RandomCondition.Or(leaf(), leaf());
      case 3 -> new RandomCondition.Not(leaf());
      default -> leaf();
    };
  }

  private RandomCondition leaf() {
    return switch (values.one(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))) {
      case 0 -> plain("attribute_exists(" + path().text() + ")");
      case 1 -> plain("attribute_not_exists(" + path().text() + ")");
      case 2 -> plain("begins_with(" + path().text() + ", " + place(values.text()) + ")");
      case 3 -> plain("contains(" + path().text() + ", " + place(values.text()) + ")");
      case 4 -> {
        RandomPath path = path();
        yield new RandomCondition.Leaf(
            "size(" + path.text() + ") > " + place(values.smallNumber()),
            item -> DynaliteVerdicts.ofEmpty(path.in(item)));
      }
      case 5 -> {
        RandomPath path = path();
        yield new RandomCondition.Leaf(
            path.text() + " IN (" + place(values.any()) + ", " + place(values.any()) + ")",
            item ->
                DynaliteVerdicts.ofEmpty(path.in(item))
                    .or(() -> DynaliteVerdicts.ofDocument(path.in(item))));
      }
      case 6 -> {
        RandomPath path = path();
        yield new RandomCondition.Leaf(
            "attribute_type(" + path.text() + ", " + place(type()) + ")",
            item -> DynaliteVerdicts.ofEmpty(path.in(item)));
      }
      case 7 -> {
        RandomPath left = path();
        RandomPath right = path();
        yield new RandomCondition.Leaf(
            left.text() + " = " + right.text(),
            item -> DynaliteVerdicts.ofEqual(item, left, right));
      }
      default -> {
        RandomPath path = path();
        String comparator = values.one(List.of("=", "<>", "<", "<=", ">", ">="));
        AttributeValue operand = ordered();
        yield new RandomCondition.Leaf(
            path.text() + " " + comparator + " " + place(operand),
            item -> DynaliteVerdicts.ofOrder(path.in(item), comparator, operand));
      }
    };
  }

  private static RandomCondition plain(String text) {
    return new RandomCondition.Leaf(text, item -> Optional.empty());
  }

  /** An update with one or two parts, each of another attribute. */
  String update() {
    if (!values.isWild()) {
      return "SET u = " + place(values.any());
    }
    String first = values.one(List.of("u", "v"));
    String second = values.one(List.of("w", "x"));
    return switch (values.one(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))) {
      case 0 -> "SET " + first + " = " + place(values.any());
      case 1 -> "SET " + first + " = " + first + " + " + place(values.smallNumber());
      case 2 ->
          "SET %s = if_not_exists(%s, %s) - %s"
              .formatted(first, second, place(values.smallNumber()), place(values.smallNumber()));
      case 3 -> "SET " + name(first) + " = " + second + " REMOVE " + second;
      case 4 -> "REMOVE " + first + ", " + second;
      case 5 -> "ADD " + first + " " + place(values.smallNumber());
      case 6 -> "ADD " + first + " " + place(AttributeValue.fromSs(List.of("b", "c")));
      case 7 -> "DELETE " + first + " " + place(AttributeValue.fromSs(List.of("a", "c")));
      case 8 ->
          "SET %s = list_append(%s, %s)"
              .formatted(first, first, place(AttributeValue.fromL(List.of(values.smallNumber()))));
      default -> "SET " + first + ".u = " + place(values.any());
    };
  }

  String projection() {
    return values.one(List.of("u", "u, v", "w.u, x", "x[0]", "v, w[1], q"));
  }

  String place(AttributeValue value) {
    String placeholder = ":p" + placed.size();
    placed.put(placeholder, value);
    return placeholder;
  }

  private RandomPath path() {
    String attribute = values.attribute();
    return switch (values.one(List.of(0, 0, 0, 0, 1, 2, 3))) {
      case 1 -> new RandomPath(attribute + ".u", attribute, RandomPath.Step.MEMBER);
      case 2 -> new RandomPath(attribute + "[0]", attribute, RandomPath.Step.FIRST);
      case 3 -> new RandomPath(name(attribute), attribute, RandomPath.Step.NONE);
      default -> new RandomPath(attribute, attribute, RandomPath.Step.NONE);
    };
  }

  private String name(String attribute) {
    names.put("#" + attribute, attribute);
    return "#" + attribute;
  }

  private AttributeValue ordered() {
    return switch (values.one(List.of(0, 1, 2))) {
      case 0 -> values.text();
      case 1 -> values.number();
      default -> values.binary();
    };
  }

  private AttributeValue type() {
    return AttributeValue.fromS(
        values.one(List.of("S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M")));
  }
}
