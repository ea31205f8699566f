package io.quantchat.infra.database.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** A condition of one to three parts. */
  String condition() {
    if (!values.isWild()) {
      return values.one(List.of("attribute_exists(", "attribute_not_exists(")) + "u)";
    }
    return switch (values.one(List.of(0, 0, 0, 1, 2, 3))) {
      case 1 -> leaf() + " AND " + leaf();
      case 2 -> leaf() + " OR " + leaf();
      case 3 -> "NOT (" + leaf() + ")";
      default -> leaf();
    };
  }

  private String leaf() {
    return switch (values.one(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))) {
      case 0 -> "attribute_exists(" + path() + ")";
      case 1 -> "attribute_not_exists(" + path() + ")";
      case 2 -> "begins_with(" + path() + ", " + place(values.text()) + ")";
      case 3 -> "contains(" + path() + ", " + place(values.text()) + ")";
      case 4 -> "size(" + path() + ") > " + place(values.smallNumber());
      case 5 -> path() + " IN (" + place(values.any()) + ", " + place(values.any()) + ")";
      case 6 -> "attribute_type(" + path() + ", " + place(type()) + ")";
      case 7 -> path() + " = " + path();
      default ->
          path() + values.one(List.of(" = ", " <> ", " < ", " <= ", " > ", " >= ")) + ordered();
    };
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

  private String path() {
    String attribute = values.attribute();
    return switch (values.one(List.of(0, 0, 0, 0, 1, 2, 3))) {
      case 1 -> attribute + ".u";
      case 2 -> attribute + "[0]";
      case 3 -> name(attribute);
      default -> attribute;
    };
  }

  private String name(String attribute) {
    names.put("#" + attribute, attribute);
    return "#" + attribute;
  }

  private String ordered() {
    return place(
        switch (values.one(List.of(0, 1, 2))) {
          case 0 -> values.text();
          case 1 -> values.number();
          default -> values.binary();
        });
  }

  private AttributeValue type() {
    return AttributeValue.fromS(
        values.one(List.of("S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M")));
  }
}
