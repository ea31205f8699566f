package io.quantchat.infra.database.differential;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * What a query asks of its sort key.
 *
 * @param type that of the table's sort keys
 * @param operands one; two for {@code BETWEEN}
 */
record SortCondition(AttributeValue.Type type, String operator, List<AttributeValue> operands) {

  private static final Pattern OF_SORT_KEY =
      Pattern.compile(" AND (?:m (\\S+) |(begins_with)\\(m, )(:p\\d+)(?: AND (:p\\d+))?");

  private static final Map<String, AttributeValue.Type> TYPES =
      Map.of(
          "by-number", AttributeValue.Type.N,
          "by-text", AttributeValue.Type.S,
          "by-binary", AttributeValue.Type.B);

  /** Empty where the request is no query, or one for a whole partition. */
  static Optional<SortCondition> of(Object request) {
    if (!(request instanceof QueryRequest query)) {
      return Optional.empty();
    }
    Matcher matcher = OF_SORT_KEY.matcher(query.keyConditionExpression());
    if (!matcher.find()) {
      return Optional.empty();
    }
    List<AttributeValue> operands =
        Stream.of(matcher.group(3), matcher.group(4))
            .flatMap(Stream::ofNullable)
            .map(query.expressionAttributeValues()::get)
            .toList();
    String operator = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return Optional.of(new SortCondition(TYPES.get(query.tableName()), operator, operands));
  }

  boolean isOfWrongType() {
    return operands.stream().anyMatch(operand -> operand.type() != type);
  }

  boolean hasEmptyOperand() {
    return operands.stream()
        .anyMatch(
            operand ->
                "".equals(operand.s())
                    || (operand.b() != null && operand.b().asByteArrayUnsafe().length == 0));
  }

  /** Whether the first bound isn't behind the second by UTF-16; empty where they aren't text. */
  Optional<Boolean> areTextBoundsInOrderByUtf16() {
    return Optional.of(operands)
        .filter(bounds -> bounds.size() == 2)
        .filter(bounds -> bounds.stream().allMatch(bound -> bound.s() != null))
        .map(bounds -> bounds.get(0).s().compareTo(bounds.get(1).s()) <= 0);
  }

  /**
   * Whether dynalite takes a key to fit the condition, if it is one of text, or of what binary
   * begins with.
   */
  Optional<Boolean> fitsInDynalite(AttributeValue key) {
    if (key == null || key.type() != type || isOfWrongType()) {
      return Optional.empty();
    }
    if (type == AttributeValue.Type.S) {
      return Optional.of(fits(key.s()));
    }
    return operator.equals("begins_with") && type == AttributeValue.Type.B
        ? Optional.of(asText(key).startsWith(asText(operands.getFirst())))
        : Optional.empty();
  }

  private boolean fits(String key) {
    int order = key.compareTo(operands.getFirst().s());
    return switch (operator) {
      case "=" -> order == 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "BETWEEN" -> order >= 0 && key.compareTo(operands.getLast().s()) <= 0;
      case "begins_with" -> key.startsWith(operands.getFirst().s());
      default -> throw new IllegalStateException("No operator is called " + operator);
    };
  }

  private static String asText(AttributeValue binary) {
    return new String(binary.b().asByteArrayUnsafe(), StandardCharsets.UTF_8);
  }
}
