package io.quantchat.infra.database.expression;

import java.util.EnumMap;
import java.util.Map;

/**
 * What is wrong with an expression that can be read. DynamoDB reads all of it, then tells the first
 * fault of the gravest sort.
 */
final class Refusals {

  enum Sort {
    REDUNDANT_PARENTHESES,
    UNKNOWN_FUNCTION,
    MISUSED_FUNCTION,
    RESERVED_WORD,
    SECTION_TWICE,
    LIMIT
  }

  private final ExpressionKind kind;
  private final Map<Sort, String> first = new EnumMap<>(Sort.class);

  Refusals(ExpressionKind kind) {
    this.kind = kind;
  }

  void add(Sort sort, String why) {
    first.putIfAbsent(sort, why);
  }

  /**
   * Throws the gravest fault, if there is any.
   *
   * @param order the sorts that can be here, the gravest first
   */
  void tell(Sort... order) {
    for (Sort sort : order) {
      if (first.containsKey(sort)) {
        throw kind.invalid(first.get(sort));
      }
    }
  }
}
