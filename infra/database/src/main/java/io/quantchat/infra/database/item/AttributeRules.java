package io.quantchat.infra.database.item;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a value must be to be kept, and how it is kept.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
 */
public final class AttributeRules {

  /** How deep lists and maps may lie in one another. */
  private static final int MOST_LEVELS = 32;

  private static final String INVALID = "One or more parameter values were invalid: ";

  private AttributeRules() {}

  /**
   * A value as DynamoDB keeps it: the same, with its numbers in their canonical text.
   *
   * @throws InvalidValue if DynamoDB refuses it
   */
  public static AttributeValue kept(AttributeValue value) {
    return kept(value, 0);
  }

  private static AttributeValue kept(AttributeValue value, int level) {
    if (level > MOST_LEVELS) {
      throw new InvalidValue("Nesting Levels have exceeded supported limits");
    }
    if (value == null) {
      throw new InvalidValue(
          "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }
    return switch (AttributeType.of(value)) {
      case S, B, BOOL -> value;
      case N -> number(value);
      case NULL -> trulyNull(value);
      case SS -> {
        requireSome(value.ss(), "An string set  may not be empty");
        requireDistinct(
            value.ss(), INVALID + "Input collection " + value.ss() + " contains duplicates.");
        yield value;
      }
      case NS -> numbers(value);
      case BS -> {
        requireSome(value.bs(), "Binary sets should not be empty");
        requireDistinct(value.bs(), INVALID + "Input collection of type BS contains duplicates.");
        yield value;
      }
      case L -> list(value, level + 1);
      case M -> map(value, level + 1);
    };
  }

  private static AttributeValue number(AttributeValue value) {
    String canonical = Numbers.canonical(value.n());
    return canonical.equals(value.n()) ? value : AttributeValue.fromN(canonical);
  }

  private static AttributeValue trulyNull(AttributeValue value) {
    if (!value.nul()) {
      throw new InvalidValue(INVALID + "Null attribute value types must have the value of true");
    }
    return value;
  }

  private static AttributeValue numbers(AttributeValue value) {
    requireSome(value.ns(), "An number set  may not be empty");
    List<String> canonical = value.ns().stream().map(Numbers::canonical).toList();
    requireDistinct(canonical, "Input collection contains duplicates");
    return canonical.equals(value.ns()) ? value : AttributeValue.fromNs(canonical);
  }

  private static AttributeValue list(AttributeValue value, int level) {
    List<AttributeValue> kept = new ArrayList<>(value.l().size());
    value.l().forEach(element -> kept.add(kept(element, level)));
    return kept.equals(value.l()) ? value : AttributeValue.fromL(kept);
  }

  private static AttributeValue map(AttributeValue value, int level) {
    Map<String, AttributeValue> kept = LinkedHashMap.newLinkedHashMap(value.m().size());
    value.m().forEach((name, element) -> kept.put(name, kept(element, level)));
    return kept.equals(value.m()) ? value : AttributeValue.fromM(kept);
  }

  private static void requireSome(Collection<?> set, String otherwise) {
    if (set.isEmpty()) {
      throw new InvalidValue(INVALID + otherwise);
    }
  }

  private static void requireDistinct(Collection<?> set, String otherwise) {
    if (new HashSet<>(set).size() != set.size()) {
      throw new InvalidValue(otherwise);
    }
  }
}
