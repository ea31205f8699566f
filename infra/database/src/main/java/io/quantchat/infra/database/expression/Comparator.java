package io.quantchat.infra.database.expression;

/**
 * The six comparators.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">Operators
 *     and functions</a>
 */
enum Comparator {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">=");

  private final String symbol;

  Comparator(String symbol) {
    this.symbol = symbol;
  }

  /** The comparator that a token is; null where it is none. */
  static Comparator of(Tokens.Token token) {
    for (Comparator comparator : values()) {
      if (token.is(comparator.symbol)) {
        return comparator;
      }
    }
    return null;
  }

  String symbol() {
    return symbol;
  }

  boolean needsOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** Whether it holds of two values whose comparison has this sign. */
  boolean holds(int comparison) {
    return switch (this) {
      case EQUAL -> comparison == 0;
      case NOT_EQUAL -> comparison != 0;
      case LESS -> comparison < 0;
      case AT_MOST -> comparison <= 0;
      case GREATER -> comparison > 0;
      case AT_LEAST -> comparison >= 0;
    };
  }

  /** The comparator that says the same with its operands exchanged. */
  Comparator mirrored() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case AT_MOST -> AT_LEAST;
      case GREATER -> LESS;
      case AT_LEAST -> AT_MOST;
    };
  }
}
