package io.quantchat.infra.database.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where a value lies in an item: an attribute, and what leads on through its maps and lists.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.Attributes.html">Document
 *     paths</a>
 */
record Path(List<Step> steps) {

  Path {
    steps = List.copyOf(steps);
  }

  /** One element of a path. */
  sealed interface Step {

    /** An attribute, or an element of a map, by its name. */
    record Name(String name) implements Step {
      @Override
      public String toString() {
        return name;
      }
    }

    /** The same, by a placeholder, with its {@code #}. */
    record Alias(String key) implements Step {}

    /** An element of a list, from 0. */
    record Index(int index) implements Step {
      @Override
      public String toString() {
        return "[" + index + "]";
      }
    }
  }

  /** What lies there; null where nothing does. */
  AttributeValue in(Map<String, AttributeValue> item, Placeholders placeholders) {
    AttributeValue at = item.get(name(steps.getFirst(), placeholders));
    for (int i = 1; i < steps.size() && at != null; i++) {
      at = below(at, steps.get(i), placeholders);
    }
    return at;
  }

  /** The same path without placeholders. */
  Path resolved(Placeholders placeholders) {
    if (steps.stream().noneMatch(Step.Alias.class::isInstance)) {
      return this;
    }
    List<Step> named = new ArrayList<>(steps.size());
    for (Step step : steps) {
      named.add(
          step instanceof Step.Alias(String key) ? new Step.Name(placeholders.name(key)) : step);
    }
    return new Path(named);
  }

  /** Notes that its placeholders are used. */
  void use(ExpressionKind kind, Placeholders placeholders) {
    for (Step step : steps) {
      if (step instanceof Step.Alias(String key)) {
        placeholders.useName(kind, key);
      }
    }
  }

  /** The attribute with which it begins. */
  String attribute(Placeholders placeholders) {
    return name(steps.getFirst(), placeholders);
  }

  /** Whether it leads into an attribute. */
  boolean isNested() {
    return steps.size() > 1;
  }

  @Override
  public String toString() {
    return steps.toString();
  }

  private static AttributeValue below(AttributeValue at, Step step, Placeholders placeholders) {
    if (step instanceof Step.Index(int index)) {
      return at.hasL() && index < at.l().size() ? at.l().get(index) : null;
    }
    return at.hasM() ? at.m().get(name(step, placeholders)) : null;
  }

  private static String name(Step step, Placeholders placeholders) {
    return switch (step) {
      case Step.Name(String name) -> name;
      case Step.Alias(String key) -> placeholders.name(key);
      case Step.Index index -> throw new IllegalArgumentException(index + " names nothing.");
    };
  }
}
