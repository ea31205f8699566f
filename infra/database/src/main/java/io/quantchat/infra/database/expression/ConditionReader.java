package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.expression.Refusals.Sort;
import io.quantchat.infra.database.expression.Tokens.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a condition: OR of ANDs of NOTs of comparisons, BETWEEN, IN, functions and what is in
 * parentheses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Syntax">Syntax
 *     for filter and condition expressions</a>
 */
final class ConditionReader {

  private static final int MOST_OF_IN = 100;

  private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");

  private final Tokens tokens;
  private final Refusals refusals;
  private final OperandReader operands;

  /** Where the last condition in parentheses began and ended. */
  private int opened = -1;

  private int closed = -1;

  private ConditionReader(ExpressionKind kind, String text) {
    this.tokens = new Tokens(kind, text);
    this.refusals = new Refusals(kind);
    this.operands = new OperandReader(tokens, refusals, KEYWORDS);
  }

  static Predicate read(ExpressionKind kind, String text) {
    ConditionReader reader = new ConditionReader(kind, text);
    Predicate read = reader.or();
    reader.tokens.requireEnd();
    reader.operands.requireFewOperators();
    reader.refusals.tell(
        Sort.REDUNDANT_PARENTHESES,
        Sort.UNKNOWN_FUNCTION,
        Sort.MISUSED_FUNCTION,
        Sort.RESERVED_WORD,
        Sort.LIMIT);
    return read;
  }

  private Predicate or() {
    Predicate read = and();
    while (tokens.takeIfWord("OR")) {
      operands.countOperator();
      read = new Predicate.Or(read, and());
    }
    return read;
  }

  private Predicate and() {
    Predicate read = not();
    while (tokens.takeIfWord("AND")) {
      operands.countOperator();
      read = new Predicate.And(read, not());
    }
    return read;
  }

  private Predicate not() {
    if (tokens.takeIfWord("NOT")) {
      operands.countOperator();
      return new Predicate.Not(not());
    }
    return tokens.peek().is("(") && !beginsWithOperand() ? inParentheses() : leaf();
  }

  private Predicate inParentheses() {
    int start = tokens.position();
    tokens.require("(");
    Predicate inside = or();
    if (opened == start + 1 && closed == tokens.position() && tokens.peek().is(")")) {
      operands.redundantParentheses();
    }
    tokens.require(")");
    opened = start;
    closed = tokens.position();
    return inside;
  }

  private Predicate leaf() {
    Operand first = operands.operand();
    Comparator comparator = Comparator.of(tokens.peek());
    if (comparator != null) {
      tokens.take();
      return comparison(comparator, first);
    }
    if (tokens.takeIfWord("BETWEEN")) {
      return between(first);
    }
    if (tokens.takeIfWord("IN")) {
      return in(first);
    }
    if (first instanceof Operand.Call call) {
      return test(call);
    }
    throw tokens.syntaxError();
  }

  private Predicate comparison(Comparator comparator, Operand left) {
    operands.countOperator();
    Operand right = operands.operand();
    requireSizes(List.of(left, right));
    return new Predicate.Comparison(comparator, left, right);
  }

  private Predicate between(Operand of) {
    operands.countOperator();
    Operand low = operands.operand();
    tokens.requireWord("AND");
    Operand high = operands.operand();
    requireSizes(List.of(of, low, high));
    return new Predicate.Between(of, low, high);
  }

  private Predicate in(Operand of) {
    operands.countOperator();
    List<Operand> all = new ArrayList<>();
    all.add(of);
    tokens.require("(");
    do {
      all.add(operands.operand());
    } while (tokens.takeIf(","));
    tokens.require(")");
    if (all.size() - 1 > MOST_OF_IN) {
      refusals.add(
          Sort.LIMIT,
          "The IN operator is provided with too many operands; number of operands: "
              + (all.size() - 1));
    }
    requireSizes(all);
    return new Predicate.In(List.copyOf(all));
  }

  private Predicate test(Operand.Call call) {
    requireSizes(call.arguments());
    ConditionFunction function = known(call);
    if (function == ConditionFunction.SIZE) {
      misused(call);
    }
    return new Predicate.Test(function, call.arguments());
  }

  /** Only size gives a value that can be an operand; the other functions give yes or no. */
  private void requireSizes(List<Operand> all) {
    for (Operand operand : all) {
      if (operand instanceof Operand.Call call) {
        requireSizes(call.arguments());
        if (known(call) != ConditionFunction.SIZE) {
          misused(call);
        }
      }
    }
  }

  private ConditionFunction known(Operand.Call call) {
    ConditionFunction function = ConditionFunction.of(call.function());
    if (function == null) {
      refusals.add(Sort.UNKNOWN_FUNCTION, "Invalid function name; function: " + call.function());
    }
    return function;
  }

  private void misused(Operand.Call call) {
    refusals.add(
        Sort.MISUSED_FUNCTION,
        "The function is not allowed to be used this way in an expression; function: "
            + call.function());
  }

  /**
   * Whether the parentheses that come next hold an operand, as in {@code (size(a)) > :b}, and not a
   * condition. They do where all that open here have closed before an operator.
   */
  private boolean beginsWithOperand() {
    int ahead = 0;
    while (tokens.peek(ahead).is("(")) {
      ahead++;
    }
    int open = ahead;
    ahead = behindOperand(ahead);
    while (open > 0 && tokens.peek(ahead).is(")")) {
      open--;
      ahead = behindSteps(ahead + 1);
    }
    Tokens.Token next = tokens.peek(ahead);
    return open == 0
        && (Comparator.of(next) != null || next.isWord("BETWEEN") || next.isWord("IN"));
  }

  private int behindOperand(int from) {
    int ahead = from + 1;
    if (!tokens.peek(ahead).is("(")) {
      return behindSteps(ahead);
    }
    int open = 0;
    do {
      if (tokens.peek(ahead).is("(")) {
        open++;
      } else if (tokens.peek(ahead).is(")")) {
        open--;
      }
      ahead++;
    } while (open > 0 && tokens.peek(ahead).kind() != Kind.END);
    return ahead;
  }

  private int behindSteps(int from) {
    int ahead = from;
    while (tokens.peek(ahead).is(".") || tokens.peek(ahead).is("[")) {
      ahead += tokens.peek(ahead).is(".") ? 2 : 3;
    }
    return ahead;
  }
}
