package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.item.AttributeType;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees that the placeholders of a request fit an update: first the names, then the values, then
 * that no two places overlap, then what ADD and DELETE take, then what the functions take.
 */
final class UpdateCheck {

  private static final ExpressionKind KIND = ExpressionKind.UPDATE;

  private final Placeholders placeholders;

  UpdateCheck(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /** Checks all, and answers the places that change. */
  Paths check(List<UpdateAction> actions) {
    actions.forEach(this::useNames);
    actions.forEach(this::useValues);
    List<Path> changed = new ArrayList<>(actions.size());
    for (UpdateAction action : actions) {
      changed.add(action.path().resolved(placeholders));
    }
    Paths apart = Paths.of(KIND, changed);
    actions.forEach(this::requireType);
    for (UpdateAction action : actions) {
      if (action instanceof UpdateAction.Set(Path path, Operand to)) {
        requireFunctions(to);
      }
    }
    return apart;
  }

  private void useNames(UpdateAction action) {
    action.path().use(KIND, placeholders);
    if (action instanceof UpdateAction.Set(Path path, Operand to)) {
      useNames(to);
    }
  }

  private void useNames(Operand operand) {
    switch (operand) {
      case Operand.Document(Path path) -> path.use(KIND, placeholders);
      case Operand.Call call -> call.arguments().forEach(this::useNames);
      case Operand.Value value -> {}
    }
  }

  private void useValues(UpdateAction action) {
    switch (action) {
      case UpdateAction.Set(Path path, Operand to) -> useValues(to);
      case UpdateAction.Add(Path path, Operand.Value value) -> useValues(value);
      case UpdateAction.Delete(Path path, Operand.Value value) -> useValues(value);
      case UpdateAction.Remove remove -> {}
    }
  }

  private void useValues(Operand operand) {
    switch (operand) {
      case Operand.Value(String key) -> placeholders.useValue(KIND, key);
      case Operand.Call call -> call.arguments().forEach(this::useValues);
      case Operand.Document document -> {}
    }
  }

  private void requireType(UpdateAction action) {
    switch (action) {
      case UpdateAction.Add(Path path, Operand.Value value) -> {
        AttributeType type = typeOf(value);
        if (type != AttributeType.N && !type.isSet()) {
          throw incorrectType("ADD", type);
        }
      }
      case UpdateAction.Delete(Path path, Operand.Value value) -> {
        AttributeType type = typeOf(value);
        if (!type.isSet()) {
          throw incorrectType("DELETE", type);
        }
      }
      case UpdateAction.Set set -> {}
      case UpdateAction.Remove remove -> {}
    }
  }

  private void requireFunctions(Operand operand) {
    if (!(operand instanceof Operand.Call call)) {
      return;
    }
    call.arguments().forEach(this::requireFunctions);
    if (call.arguments().size() != UpdateFunction.OPERANDS) {
      throw KIND.invalid(
          "Incorrect number of operands for operator or function; operator or function: %s, number"
                  .formatted(call.function())
              + " of operands: "
              + call.arguments().size());
    }
    switch (UpdateFunction.of(call.function())) {
      case IF_NOT_EXISTS -> {
        if (!(call.arguments().getFirst() instanceof Operand.Document)) {
          throw KIND.invalid(
              "Operator or function requires a document path; operator or function: "
                  + call.function());
        }
      }
      case LIST_APPEND -> requireArguments(call, AttributeType.L);
      case PLUS, MINUS -> requireArguments(call, AttributeType.N);
    }
  }

  private void requireArguments(Operand.Call call, AttributeType wanted) {
    for (Operand argument : call.arguments()) {
      if (argument instanceof Operand.Value value && typeOf(value) != wanted) {
        throw KIND.invalid(
            "Incorrect operand type for operator or function; operator or function: %s, operand"
                    .formatted(call.function())
                + " type: "
                + typeOf(value));
      }
    }
  }

  private AttributeType typeOf(Operand.Value value) {
    return AttributeType.of(placeholders.value(value.key()));
  }

  private static InvalidExpression incorrectType(String operator, AttributeType type) {
    return KIND.invalid(
        "Incorrect operand type for operator or function; operator: %s, operand type: %s, typeSet:"
                .formatted(operator, type.word())
            + " ALLOWED_FOR_%s_OPERAND".formatted(operator));
  }
}
