package io.quantchat.infra.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The template's {@code Globals}, merged as SAM merges them: mappings key by key, lists one after
 * the other, the global's items first, and of anything else the resource's own wins.
 */
final class Globals {
  private static final Map<String, String> SECTIONS =
      Map.of(
          Resource.FUNCTION, "Function",
          Resource.REST_API, "Api",
          Resource.SOCKET_API, "WebSocketApi");

  private final Map<String, Object> sections;

  Globals(Map<String, Object> sections) {
    for (String name : sections.keySet()) {
      if (!SECTIONS.containsValue(name)) {
        throw new TemplateException("Globals: " + name + " is not supported here.");
      }
    }
    this.sections = sections;
  }

  Map<String, Object> mergedInto(String resourceType, Map<String, Object> properties) {
    Object section = sections.get(SECTIONS.getOrDefault(resourceType, ""));
    return section == null ? properties : Nodes.map(merge(section, properties), "Globals");
  }

  private static Object merge(Object global, Object own) {
    if (Intrinsics.isIntrinsic(global) || Intrinsics.isIntrinsic(own)) {
      return own;
    }
    if (global instanceof Map<?, ?> defaults && own instanceof Map<?, ?> values) {
      Map<Object, Object> merged = new LinkedHashMap<>(defaults);
      values.forEach(
          (key, value) ->
              merged.put(key, merged.containsKey(key) ? merge(merged.get(key), value) : value));
      return merged;
    }
    if (global instanceof List<?> defaults && own instanceof List<?> values) {
      List<Object> merged = new ArrayList<>(defaults);
      merged.addAll(values);
      return merged;
    }
    return own;
  }
}
