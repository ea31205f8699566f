package io.quantchat.infra.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping of the template that knows what it belongs to, so that every refusal names it.
 *
 * @param owner such as {@code Resource RelayFunction}
 * @param path the property, dots between the levels; empty at the top
 * @param values what it holds
 */
record Properties(String owner, String path, Map<String, Object> values) {

  static Properties of(String owner, Object node) {
    return new Properties(owner, "", node == null ? Map.of() : Nodes.map(node, owner));
  }

  /** Refuses every property that is neither honoured nor known to mean nothing here. */
  void allow(Set<String> honoured, Set<String> withoutEffect) {
    for (String name : values.keySet()) {
      if (!honoured.contains(name) && !withoutEffect.contains(name)) {
        throw refusal(name, "is not supported here");
      }
    }
  }

  TemplateException refusal(String name, String why) {
    return new TemplateException(where(name) + " " + why + ".");
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  String text(String name) {
    return Nodes.text(required(name), where(name));
  }

  Optional<String> optionalText(String name) {
    return optional(name).map(node -> Nodes.text(node, where(name)));
  }

  Optional<Integer> optionalInteger(String name) {
    return optional(name).map(node -> Nodes.integer(node, where(name)));
  }

  boolean flag(String name) {
    return optional(name).map(node -> Nodes.bool(node, where(name))).orElse(false);
  }

  /** The texts of a list; none if it isn't there. */
  List<String> texts(String name) {
    return optional(name).map(node -> Nodes.list(node, where(name))).orElse(List.of()).stream()
        .map(item -> Nodes.text(item, where(name)))
        .toList();
  }

  /** The texts of a list, or the one text that stands in its place; none if it isn't there. */
  List<String> oneOrMore(String name) {
    return values.get(name) instanceof List ? texts(name) : optionalText(name).stream().toList();
  }

  /** The mapping under a name; an empty one if it isn't there. */
  Properties child(String name) {
    return new Properties(
        owner,
        pathOf(name),
        optional(name).map(node -> Nodes.map(node, where(name))).orElse(Map.of()));
  }

  /** The mappings of a list; none if it isn't there. */
  List<Properties> children(String name) {
    return optional(name).map(node -> Nodes.list(node, where(name))).orElse(List.of()).stream()
        .map(item -> new Properties(owner, pathOf(name), Nodes.map(item, where(name))))
        .toList();
  }

  private Object required(String name) {
    return optional(name).orElseThrow(() -> refusal(name, "is missing"));
  }

  private Optional<Object> optional(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private String where(String name) {
    return owner + ": " + pathOf(name);
  }
}
