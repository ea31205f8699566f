package io.quantchat.infra.stack;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The template's conditions: {@code Equals}, {@code And}, {@code Not}, {@code Condition}. */
final class Conditions {
  private final Map<String, Object> declared;
  private final BiFunction<Object, String, Object> values;
  private final Map<String, Boolean> known = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  /**
   * @param values resolves what {@code Equals} compares
   */
  Conditions(Map<String, Object> declared, BiFunction<Object, String, Object> values) {
    this.declared = declared;
    this.values = values;
  }

  /**
   * @param where who asks, for the message if there is no such condition
   */
  boolean holds(String name, String where) {
    if (!declared.containsKey(name)) {
      throw new TemplateException(
          where + " asks for condition " + name + ", which the template doesn't have.");
    }
    Boolean before = known.get(name);
    if (before != null) {
      return before;
    }
    if (!open.add(name)) {
      throw new TemplateException("Condition " + name + " depends on itself.");
    }
    boolean holds = evaluate(declared.get(name), "Condition " + name);
    open.remove(name);
    known.put(name, holds);
    return holds;
  }

  private boolean evaluate(Object node, String where) {
    Map<String, Object> call = Nodes.map(node, where);
    if (call.size() != 1) {
      throw new TemplateException(where + " must be one call of a condition function.");
    }
    String name = call.keySet().iterator().next();
    Object argument = call.get(name);
    return switch (name) {
      case "Condition" -> holds(Nodes.text(argument, where), where);
      case "Fn::Equals" -> equal(operands(argument, 2, 2, name, where), where);
      case "Fn::Not" -> !evaluate(operands(argument, 1, 1, name, where).getFirst(), where);
      case "Fn::And" ->
          operands(argument, 2, 10, name, where).stream().allMatch(item -> evaluate(item, where));
      default -> throw new TemplateException(where + ": " + name + " is not supported here.");
    };
  }

  private boolean equal(List<Object> sides, String where) {
    return Nodes.text(values.apply(sides.getFirst(), where), where)
        .equals(Nodes.text(values.apply(sides.getLast(), where), where));
  }

  private static List<Object> operands(
      Object argument, int least, int most, String name, String where) {
    List<Object> operands = Nodes.list(argument, where + ": " + name);
    if (operands.size() < least || operands.size() > most) {
      throw new TemplateException(where + ": " + name + " has " + operands.size() + " operands.");
    }
    return operands;
  }
}
