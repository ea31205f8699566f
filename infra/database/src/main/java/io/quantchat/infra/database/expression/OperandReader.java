package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.expression.Tokens.Kind;
import io.quantchat.infra.database.expression.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads what all sorts of expressions share: paths, placeholders, calls of functions. */
final class OperandReader {

  /**
   * The deepest path.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Quotas</a>
   */
  private static final int MOST_STEPS = 32;

  /**
   * The most operators and functions of an expression.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters">Expression
   *     parameters</a>
   */
  private static final int MOST_OPERATORS = 300;

  private final Tokens tokens;
  private final Refusals refusals;
  private final Set<String> keywords;
  private int operators;

  /** Where the last operand in parentheses ended. */
  private int closedAt = -1;

  /**
   * Begins to read.
   *
   * @param keywords the words, in capitals, that structure this sort of expression, so can't be
   *     names in it
   */
  OperandReader(Tokens tokens, Refusals refusals, Set<String> keywords) {
    this.tokens = tokens;
    this.refusals = refusals;
    this.keywords = keywords;
  }

  /** Counts an operator or a function. */
  void countOperator() {
    operators++;
  }

  void requireFewOperators() {
    if (operators > MOST_OPERATORS) {
      refusals.add(
          Refusals.Sort.LIMIT,
          "The expression contains too many operators; operator count: " + operators);
    }
  }

  /** A path, a value or a call, in parentheses or not. */
  Operand operand() {
    if (!tokens.takeIf("(")) {
      return plainOperand();
    }
    boolean again = tokens.peek().is("(");
    Operand inside = operand();
    if (again && closedAt == tokens.position()) {
      redundantParentheses();
    }
    tokens.require(")");
    closedAt = tokens.position();
    return inside instanceof Operand.Document(Path path)
        ? new Operand.Document(continued(path))
        : inside;
  }

  void redundantParentheses() {
    refusals.add(Refusals.Sort.REDUNDANT_PARENTHESES, "The expression has redundant parentheses;");
  }

  Operand.Value value() {
    return new Operand.Value(tokens.take(Kind.VALUE).text());
  }

  Path path() {
    List<Path.Step> steps = new ArrayList<>();
    steps.add(name());
    addSteps(steps);
    return checked(steps);
  }

  private Operand plainOperand() {
    Token first = tokens.peek();
    if (first.kind() == Kind.VALUE) {
      return value();
    }
    if (first.kind() == Kind.WORD && !isKeyword(first) && tokens.peek(1).is("(")) {
      return call();
    }
    return new Operand.Document(path());
  }

  private Operand call() {
    String function = tokens.take(Kind.WORD).text();
    countOperator();
    tokens.require("(");
    List<Operand> arguments = new ArrayList<>();
    do {
      arguments.add(operand());
    } while (tokens.takeIf(","));
    tokens.require(")");
    return new Operand.Call(function, List.copyOf(arguments));
  }

  private Path continued(Path path) {
    if (!tokens.peek().is(".") && !tokens.peek().is("[")) {
      return path;
    }
    List<Path.Step> steps = new ArrayList<>(path.steps());
    addSteps(steps);
    return checked(steps);
  }

  private void addSteps(List<Path.Step> steps) {
    while (true) {
      if (tokens.takeIf(".")) {
        steps.add(name());
      } else if (tokens.takeIf("[")) {
        steps.add(index());
        tokens.require("]");
      } else {
        return;
      }
    }
  }

  private Path checked(List<Path.Step> steps) {
    if (steps.size() > MOST_STEPS) {
      refusals.add(
          Refusals.Sort.LIMIT,
          "The document path has too many nesting levels; nesting levels: " + steps.size());
    }
    return new Path(steps);
  }

  private Path.Step name() {
    Token token = tokens.peek();
    if (token.kind() == Kind.NAME) {
      return new Path.Step.Alias(tokens.take().text());
    }
    if (token.kind() != Kind.WORD || isKeyword(token)) {
      throw tokens.syntaxError();
    }
    if (ReservedWords.contain(token.text())) {
      refusals.add(
          Refusals.Sort.RESERVED_WORD,
          "Attribute name is a reserved keyword; reserved keyword: " + token.text());
    }
    return new Path.Step.Name(tokens.take().text());
  }

  private Path.Step index() {
    String digits = tokens.take(Kind.NUMBER).text();
    try {
      return new Path.Step.Index(Integer.parseInt(digits));
    } catch (NumberFormatException tooLarge) {
      refusals.add(
          Refusals.Sort.LIMIT,
          "List index is not within the allowable range; index: [" + digits + "]");
      return new Path.Step.Index(Integer.MAX_VALUE);
    }
  }

  private boolean isKeyword(Token word) {
    return keywords.contains(word.text().toUpperCase(Locale.ROOT));
  }
}
