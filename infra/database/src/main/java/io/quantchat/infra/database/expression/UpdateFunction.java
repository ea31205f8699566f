package io.quantchat.infra.database.expression;

/**
 * The functions that SET knows. Their names are lower case only; each takes two operands.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html#Expressions.UpdateExpressions.SET">SET</a>
 */
enum UpdateFunction {
  IF_NOT_EXISTS("if_not_exists"),
  LIST_APPEND("list_append"),
  PLUS("+"),
  MINUS("-");

  static final int OPERANDS = 2;

  private final String written;

  UpdateFunction(String written) {
    this.written = written;
  }

  /** The function, or the sign, of a name; null where there is none. */
  static UpdateFunction of(String name) {
    for (UpdateFunction function : values()) {
      if (function.written.equals(name)) {
        return function;
      }
    }
    return null;
  }
}
