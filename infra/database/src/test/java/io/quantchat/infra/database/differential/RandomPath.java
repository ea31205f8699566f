package io.quantchat.infra.database.differential;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A path of an expression: an attribute, or what is one step inside of it.
 *
 * @param text as it stands in the expression
 */
record RandomPath(String text, String attribute, Step step) {

  /** Where in the attribute. */
  enum Step {
    NONE,
    /** The map's {@code u}. */
    MEMBER,
    /** The list's first. */
    FIRST
  }

  /** What is there. */
  Optional<AttributeValue> in(Map<String, AttributeValue> item) {
    Optional<AttributeValue> whole = Optional.ofNullable(item.get(attribute));
    return switch (step) {
      case NONE -> whole;
      case MEMBER -> whole.map(value -> value.m().get("u"));
      case FIRST -> whole.flatMap(value -> value.l().stream().findFirst());
    };
  }

  boolean isSameAs(RandomPath other) {
    return attribute.equals(other.attribute) && step == other.step;
  }
}
