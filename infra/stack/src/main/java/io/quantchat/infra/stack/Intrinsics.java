package io.quantchat.infra.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates CloudFormation's intrinsic functions. Those that mean nothing on one machine, and those
 * that nobody has needed yet, are refused by name.
 */
final class Intrinsics {
  /** The value of {@code AWS::NoValue}: whatever holds it is left out. */
  private static final Object NO_VALUE = new Object();

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)}");

  /** The values of names and of their attributes. */
  interface Names {
    /** The value of a {@code Ref}, or null if there is nothing of that name. */
    String ref(String name);

    /** The value of a {@code GetAtt}, or null if there is no such attribute. */
    String attribute(String name, String attribute);
  }

  private final Names names;
  private final Conditions conditions;
  private final UnaryOperator<String> finish;

  /**
   * @param conditions as the template declares them
   * @param finish applied to every text that was put together
   */
  Intrinsics(Names names, Map<String, Object> conditions, UnaryOperator<String> finish) {
    this.names = names;
    this.conditions = new Conditions(conditions, this::resolve);
    this.finish = finish;
  }

  /**
   * @param condition a condition's name; none always holds
   * @param where who asks, for the message if there is no such condition
   */
  boolean holds(Optional<String> condition, String where) {
    return condition.isEmpty() || conditions.holds(condition.get(), where);
  }

  static boolean isIntrinsic(Object node) {
    return node instanceof Map<?, ?> map
        && map.size() == 1
        && map.keySet().iterator().next() instanceof String name
        && (name.equals("Ref") || name.equals("Condition") || name.startsWith("Fn::"));
  }

  /**
   * @param where opens the message of what is refused, such as {@code Resource RelayFunction}
   */
  Object resolve(Object node, String where) {
    Object resolved = value(node, where);
    return resolved == NO_VALUE ? null : resolved;
  }

  private Object value(Object node, String where) {
    if (isIntrinsic(node)) {
      Map.Entry<?, ?> call = ((Map<?, ?>) node).entrySet().iterator().next();
      // In a policy, Condition is a word like any other; only conditions call it.
      if (!call.getKey().equals("Condition")) {
        return call((String) call.getKey(), call.getValue(), where);
      }
    }
    return switch (node) {
      case Map<?, ?> map -> mapping(map, where);
      case List<?> list -> list(list, where);
      case null, default -> node;
    };
  }

  private Map<String, Object> mapping(Map<?, ?> map, String where) {
    Map<String, Object> resolved = new LinkedHashMap<>();
    map.forEach(
        (key, node) -> {
          Object value = value(node, where + "." + key);
          if (value != NO_VALUE) {
            resolved.put(String.valueOf(key), value);
          }
        });
    return resolved;
  }

  private List<Object> list(List<?> list, String where) {
    List<Object> resolved = new ArrayList<>();
    for (Object node : list) {
      Object value = value(node, where);
      if (value != NO_VALUE) {
        resolved.add(value);
      }
    }
    return resolved;
  }

  private Object call(String name, Object argument, String where) {
    return switch (name) {
      case "Ref" -> ref(Nodes.text(argument, where + ": Ref"), where);
      case "Fn::GetAtt" -> attribute(argument, where);
      case "Fn::Sub" -> substitute(argument, where);
      case "Fn::If" -> choose(arguments(argument, 3, name, where), where);
      default -> throw new TemplateException(where + ": " + name + " is not supported here.");
    };
  }

  private Object ref(String name, String where) {
    if (name.equals("AWS::NoValue")) {
      return NO_VALUE;
    }
    Object value = names.ref(name);
    if (value == null) {
      throw new TemplateException(
          where + " refers to " + name + ", which the template doesn't have.");
    }
    return value;
  }

  private String attribute(Object argument, String where) {
    List<String> parts =
        argument instanceof List<?> list
            ? list.stream().map(part -> text(part, where)).toList()
            : Arrays.asList(Nodes.text(argument, where).split("\\.", 2));
    if (parts.size() != 2) {
      throw new TemplateException(where + ": Fn::GetAtt takes a resource and an attribute.");
    }
    return attribute(parts.getFirst(), parts.getLast(), where);
  }

  private String attribute(String name, String attribute, String where) {
    String value = names.attribute(name, attribute);
    if (value == null) {
      throw new TemplateException(
          where
              + " refers to "
              + name
              + "."
              + attribute
              + (names.ref(name) == null
                  ? ", but the template doesn't have " + name + "."
                  : ", an attribute that isn't known here."));
    }
    return finish.apply(value);
  }

  private String substitute(Object argument, String where) {
    if (!(argument instanceof List<?>)) {
      return substitute(Nodes.text(argument, where + ": Fn::Sub"), Map.of(), where);
    }
    List<Object> parts = arguments(argument, 2, "Fn::Sub", where);
    return substitute(
        Nodes.text(parts.getFirst(), where + ": Fn::Sub"),
        Nodes.map(parts.getLast(), where + ": Fn::Sub"),
        where);
  }

  private String substitute(String text, Map<String, Object> own, String where) {
    Matcher variables = VARIABLE.matcher(text);
    String put =
        variables.replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1).isEmpty()
                        ? variable(match.group(2).strip(), own, where)
                        : "${" + match.group(2) + "}"));
    return finish.apply(put);
  }

  private String variable(String name, Map<String, Object> own, String where) {
    if (own.containsKey(name)) {
      return text(own.get(name), where);
    }
    int dot = name.indexOf('.');
    if (dot < 0 || names.ref(name) != null) {
      return Nodes.text(ref(name, where), where + ": ${" + name + "}");
    }
    return attribute(name.substring(0, dot), name.substring(dot + 1), where);
  }

  private Object choose(List<Object> arguments, String where) {
    String condition = Nodes.text(arguments.get(0), where + ": Fn::If");
    return value(arguments.get(conditions.holds(condition, where) ? 1 : 2), where);
  }

  private String text(Object node, String where) {
    return Nodes.text(resolve(node, where), where);
  }

  private static List<Object> arguments(Object argument, int count, String name, String where) {
    List<Object> arguments = Nodes.list(argument, where + ": " + name);
    if (arguments.size() != count || arguments.stream().anyMatch(Objects::isNull)) {
      throw new TemplateException(where + ": " + name + " takes " + count + " arguments.");
    }
    return arguments;
  }
}
