package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.item.AttributeRules;
import io.quantchat.infra.database.item.InvalidValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a request's expressions name by {@code #} and {@code :}. Notes what is used, so is of one
 * request and one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html">Expression
 *     attribute names</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeValues.html">Expression
 *     attribute values</a>
 */
public final class Placeholders {

  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";

  /** The longest placeholder, in bytes, with its sign. */
  private static final int LONGEST_KEY = 255;

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> usedNames = new HashSet<>();
  private final Set<String> usedValues = new HashSet<>();

  private Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
    this.names = names;
    this.values = values;
  }

  /**
   * The placeholders of a request.
   *
   * @param names null, or the SDK's own empty map, where the request has none
   * @param values likewise
   * @throws InvalidExpression if a key isn't one, or a value is none that can be kept
   */
  public static Placeholders of(Map<String, String> names, Map<String, AttributeValue> values) {
    return new Placeholders(
        isAbsent(names) ? Map.of() : checkedNames(names),
        isAbsent(values) ? Map.of() : checkedValues(values));
  }

  /**
   * Sees that each placeholder stands in an expression that is checked.
   *
   * @throws InvalidExpression if one doesn't
   */
  public void requireAllUsed() {
    requireAllUsed(NAMES, names.keySet(), usedNames);
    requireAllUsed(VALUES, values.keySet(), usedValues);
  }

  /** Notes that a name is used, and answers it. */
  String useName(ExpressionKind kind, String key) {
    String name = names.get(key);
    if (name == null) {
      throw kind.invalid(
          "An expression attribute name used in the document path is not defined; attribute name: "
              + key);
    }
    usedNames.add(key);
    return name;
  }

  /** Notes that a value is used, and answers it. */
  AttributeValue useValue(ExpressionKind kind, String key) {
    AttributeValue value = values.get(key);
    if (value == null) {
      throw kind.invalid(
          "An expression attribute value used in expression is not defined; attribute value: "
              + key);
    }
    usedValues.add(key);
    return value;
  }

  /** The name behind a key that was checked. */
  String name(String key) {
    return names.get(key);
  }

  /** The value behind a key that was checked. */
  AttributeValue value(String key) {
    return values.get(key);
  }

  private static boolean isAbsent(Map<?, ?> map) {
    return map == null || map instanceof SdkAutoConstructMap;
  }

  private static Map<String, String> checkedNames(Map<String, String> names) {
    requireSome(NAMES, names);
    requireSize(NAMES, PlaceholderSize.ofNames(names));
    names.keySet().forEach(key -> requireKey(NAMES, '#', key));
    names.forEach(
        (key, name) -> {
          if (name == null || name.isEmpty()) {
            throw new InvalidExpression(
                NAMES + " contains invalid value: Empty attribute name for key " + key);
          }
        });
    return names;
  }

  private static Map<String, AttributeValue> checkedValues(Map<String, AttributeValue> values) {
    requireSome(VALUES, values);
    requireSize(VALUES, PlaceholderSize.ofValues(values));
    values.keySet().forEach(key -> requireKey(VALUES, ':', key));
    Map<String, AttributeValue> kept = HashMap.newHashMap(values.size());
    values.forEach((key, value) -> kept.put(key, kept(key, value)));
    return kept;
  }

  private static AttributeValue kept(String key, AttributeValue value) {
    try {
      return AttributeRules.kept(value);
    } catch (InvalidValue refused) {
      throw new InvalidExpression(
          VALUES + " contains invalid value: " + refused.getMessage() + " for key " + key);
    }
  }

  private static void requireSome(String parameter, Map<?, ?> map) {
    if (map.isEmpty()) {
      throw new InvalidExpression(parameter + " must not be empty");
    }
  }

  private static void requireSize(String parameter, long bytes) {
    if (bytes > PlaceholderSize.MOST) {
      throw new InvalidExpression(parameter + " exceeds max size");
    }
  }

  private static void requireKey(String parameter, char sign, String key) {
    if (key.length() > LONGEST_KEY) {
      throw new InvalidExpression(
          "%s contains invalid key: The expression attribute map contains a key that is too long; key: \"%s\""
              .formatted(parameter, key));
    }
    if (!isKey(sign, key)) {
      throw new InvalidExpression(
          "%s contains invalid key: Syntax error; key: \"%s\"".formatted(parameter, key));
    }
  }

  private static boolean isKey(char sign, String key) {
    if (key.length() < 2 || key.charAt(0) != sign) {
      return false;
    }
    return key.chars().skip(1).allMatch(Tokens::isPartOfWord);
  }

  private static void requireAllUsed(String parameter, Collection<String> keys, Set<String> used) {
    if (used.size() == keys.size()) {
      return;
    }
    List<String> unused = new ArrayList<>(keys);
    unused.removeAll(used);
    throw new InvalidExpression(
        "Value provided in %s unused in expressions: keys: {%s}"
            .formatted(parameter, String.join(", ", unused)));
  }
}
