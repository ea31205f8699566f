package io.quantchat.infra.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML's values as the types they have to be. {@code where} opens the message if one isn't. */
final class Nodes {
  private Nodes() {}

  static Map<String, Object> map(Object node, String where) {
    if (!(node instanceof Map<?, ?> map)) {
      throw new TemplateException(where + " must be a mapping, not " + shown(node) + ".");
    }
    Map<String, Object> typed = new LinkedHashMap<>();
    map.forEach((key, value) -> typed.put(String.valueOf(key), value));
    return typed;
  }

  static List<Object> list(Object node, String where) {
    if (!(node instanceof List<?> list)) {
      throw new TemplateException(where + " must be a list, not " + shown(node) + ".");
    }
    return new ArrayList<>(list);
  }

  static String text(Object node, String where) {
    if (node == null || node instanceof Map || node instanceof List) {
      throw new TemplateException(where + " must be a text, not " + shown(node) + ".");
    }
    return String.valueOf(node);
  }

  static int integer(Object node, String where) {
    String text = text(node, where);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TemplateException(where + " must be a whole number, not " + text + ".", e);
    }
  }

  static boolean bool(Object node, String where) {
    return switch (text(node, where)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new TemplateException(where + " must be true or false, not " + node + ".");
    };
  }

  private static String shown(Object node) {
    return switch (node) {
      case null -> "empty";
      case Map<?, ?> map -> "a mapping";
      case List<?> list -> "a list";
      default -> "'" + node + "'";
    };
  }
}
