package io.quantchat.infra.database.expression;

import java.util.Locale;

/**
 * The functions of conditions. Their names are lower case only.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Functions">Functions</a>
 */
enum ConditionFunction {
  ATTRIBUTE_EXISTS(1),
  ATTRIBUTE_NOT_EXISTS(1),
  ATTRIBUTE_TYPE(2),
  BEGINS_WITH(2),
  CONTAINS(2),
  SIZE(1);

  private final String written = name().toLowerCase(Locale.ROOT);
  private final int operands;

  ConditionFunction(int operands) {
    this.operands = operands;
  }

  /** The function of a name; null where there is none. */
  static ConditionFunction of(String name) {
    for (ConditionFunction function : values()) {
      if (function.written.equals(name)) {
        return function;
      }
    }
    return null;
  }

  String written() {
    return written;
  }

  int operands() {
    return operands;
  }
}
