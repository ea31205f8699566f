package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.expression.Refusals.Sort;
import io.quantchat.infra.database.expression.Tokens.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads an update expression: SET, REMOVE, ADD and DELETE, each once, in any order.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Update
 *     expressions</a>
 */
final class UpdateReader {

  private static final Set<String> KEYWORDS = Set.of("SET", "REMOVE", "ADD", "DELETE");

  private final Tokens tokens;
  private final Refusals refusals = new Refusals(ExpressionKind.UPDATE);
  private final OperandReader operands;
  private final List<UpdateAction> actions = new ArrayList<>();
  private final Set<String> sections = new HashSet<>();

  private UpdateReader(String text) {
    this.tokens = new Tokens(ExpressionKind.UPDATE, text);
    this.operands = new OperandReader(tokens, refusals, KEYWORDS);
  }

  static List<UpdateAction> read(String text) {
    UpdateReader reader = new UpdateReader(text);
    do {
      reader.section();
    } while (reader.tokens.peek().kind() != Tokens.Kind.END);
    reader.operands.requireFewOperators();
    reader.refusals.tell(Sort.RESERVED_WORD, Sort.UNKNOWN_FUNCTION, Sort.SECTION_TWICE, Sort.LIMIT);
    return reader.actions;
  }

  private void section() {
    Token word = tokens.peek();
    String section = word.text().toUpperCase(Locale.ROOT);
    switch (section) {
      case "SET" -> actions(section, this::set);
      case "REMOVE" -> actions(section, () -> new UpdateAction.Remove(operands.path()));
      case "ADD" -> actions(section, () -> new UpdateAction.Add(operands.path(), operands.value()));
      case "DELETE" ->
          actions(section, () -> new UpdateAction.Delete(operands.path(), operands.value()));
      default -> throw tokens.syntaxError();
    }
  }

  private void actions(String section, Supplier<UpdateAction> read) {
    tokens.take();
    if (!sections.add(section)) {
      refusals.add(
          Sort.SECTION_TWICE,
          "The \"" + section + "\" section can only be used once in an update expression;");
    }
    do {
      operands.countOperator();
      actions.add(read.get());
    } while (tokens.takeIf(","));
  }

  private UpdateAction set() {
    Path path = operands.path();
    tokens.require("=");
    return new UpdateAction.Set(path, sum());
  }

  /** An operand, or two with a sign between them; all of it in parentheses or not. */
  private Operand sum() {
    if (tokens.peek().is("(") && holdsSum()) {
      tokens.require("(");
      Operand inside = sum();
      tokens.require(")");
      return inside;
    }
    Operand left = operand();
    if (!tokens.peek().is("+") && !tokens.peek().is("-")) {
      return left;
    }
    operands.countOperator();
    String sign = tokens.take().text();
    return new Operand.Call(sign, List.of(left, operand()));
  }

  private Operand operand() {
    Operand operand = operands.operand();
    requireKnown(operand);
    return operand;
  }

  private void requireKnown(Operand operand) {
    if (operand instanceof Operand.Call call) {
      call.arguments().forEach(this::requireKnown);
      if (UpdateFunction.of(call.function()) == null) {
        refusals.add(Sort.UNKNOWN_FUNCTION, "Invalid function name; function: " + call.function());
      }
    }
  }

  /** Whether the parentheses that open here hold a sign that no inner parentheses hold. */
  private boolean holdsSum() {
    int open = 0;
    int ahead = 0;
    do {
      Token token = tokens.peek(ahead);
      if (token.is("(")) {
        open++;
      } else if (token.is(")")) {
        open--;
      } else if (token.is("+") || token.is("-")) {
        return true;
      }
      ahead++;
    } while (open > 0 && tokens.peek(ahead).kind() != Tokens.Kind.END);
    return false;
  }
}
