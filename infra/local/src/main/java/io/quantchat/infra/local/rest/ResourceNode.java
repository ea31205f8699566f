package io.quantchat.infra.local.rest;

import io.quantchat.infra.stack.RestApiSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One part of a path in the API's tree. */
final class ResourceNode {

  /** The methods that ANY stands for. HEAD is among them, though GET doesn't serve it. */
  private static final Set<String> ANY =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

  /** The variable's name in a {@code {name}} or {@code {name+}} part, else empty. */
  final String name;

  final Map<String, ResourceNode> children = new HashMap<>();
  ResourceNode variable;
  ResourceNode greedy;

  private final Map<String, Target> methods = new HashMap<>();

  ResourceNode(String name) {
    this.name = name;
  }

  /** The child that this part of a configured path names, made if it isn't there yet. */
  ResourceNode child(String part) {
    if (!part.startsWith("{") || !part.endsWith("}")) {
      return children.computeIfAbsent(part, key -> new ResourceNode(""));
    }
    String inner = part.substring(1, part.length() - 1);
    if (inner.endsWith("+")) {
      greedy = variableChild(greedy, inner.substring(0, inner.length() - 1));
      return greedy;
    }
    variable = variableChild(variable, inner);
    return variable;
  }

  private static ResourceNode variableChild(ResourceNode present, String name) {
    if (present != null && !present.name.equals(name)) {
      throw new IllegalArgumentException(
          "{%s} and {%s} stand in one place of a path".formatted(present.name, name));
    }
    return present == null ? new ResourceNode(name) : present;
  }

  void add(String method, Target target) {
    if (methods.putIfAbsent(method, target) != null) {
      throw new IllegalArgumentException("declared twice: " + method);
    }
  }

  Optional<Target> target(String method) {
    Target target = methods.get(method);
    return Optional.ofNullable(
        target == null && ANY.contains(method) ? methods.get("ANY") : target);
  }

  /** Gives this part and all below it an OPTIONS method where they have other methods only. */
  void addPreflights(RestApiSpec.Cors cors) {
    if (!methods.isEmpty() && !methods.containsKey("OPTIONS")) {
      Set<String> allowed = new TreeSet<>(methods.keySet());
      if (allowed.remove("ANY")) {
        allowed.addAll(ANY);
      }
      allowed.add("OPTIONS");
      methods.put("OPTIONS", new Target.ToPreflight(Preflight.answer(cors, allowed)));
    }
    children.values().forEach(child -> child.addPreflights(cors));
    Optional.ofNullable(variable).ifPresent(child -> child.addPreflights(cors));
    Optional.ofNullable(greedy).ifPresent(child -> child.addPreflights(cors));
  }
}
