package io.quantchat.infra.local.rest;

import io.quantchat.infra.stack.RestApiSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The API's routes. A static part beats a variable, a variable beats {@code {proxy+}}; where the
 * better one lacks the method or has no such child, the next one answers. Paths are compared as
 * sent, still percent-encoded.
 */
final class Resources {

  private final ResourceNode root = new ResourceNode("");

  /**
   * @throws IllegalArgumentException if two routes contradict each other
   */
  Resources(RestApiSpec api) {
    for (RestApiSpec.Route route : api.routes()) {
      try {
        ResourceNode node = root;
        for (String part : parts(route.resource())) {
          node = node.child(part);
        }
        node.add(route.method(), new Target.ToFunction(route.functionId(), route.resource()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s: route %s %s: %s"
                .formatted(api.logicalId(), route.method(), route.resource(), e.getMessage()),
            e);
      }
    }
    api.cors().ifPresent(root::addPreflights);
  }

  /**
   * @param parameters values of the path's variables, as sent
   */
  record Match(Target target, Map<String, String> parameters) {}

  Optional<Match> match(String method, String path) {
    return match(root, method, parts(path), Map.of());
  }

  private static Optional<Match> match(
      ResourceNode node, String method, List<String> parts, Map<String, String> found) {
    if (parts.isEmpty()) {
      return node.target(method).map(target -> new Match(target, found));
    }
    String part = parts.getFirst();
    List<String> rest = parts.subList(1, parts.size());
    return Optional.ofNullable(node.children.get(part))
        .flatMap(child -> match(child, method, rest, found))
        .or(
            () ->
                Optional.ofNullable(node.variable)
                    .filter(child -> !part.isEmpty())
                    .flatMap(child -> match(child, method, rest, with(found, child.name, part))))
        .or(
            () ->
                Optional.ofNullable(node.greedy)
                    .flatMap(
                        child ->
                            match(
                                child,
                                method,
                                List.of(),
                                with(found, child.name, String.join("/", parts)))));
  }

  /** A trailing slash matches as if it weren't there. */
  private static List<String> parts(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    String trimmed = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    return trimmed.isEmpty() ? List.of() : Arrays.asList(trimmed.split("/", -1));
  }

  private static Map<String, String> with(Map<String, String> found, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(found);
    more.put(name, value);
    return more;
  }
}
