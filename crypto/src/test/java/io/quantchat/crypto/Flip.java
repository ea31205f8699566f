package io.quantchat.crypto;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One bit of one leaf of a JSON object turned. All leaves have their turn, so that a field that is
 * added later and bound to nothing is found: of base64 the bits of its bytes, of other strings
 * those of its characters, of a number its own.
 *
 * @param field the leaf's path without indices
 * @param changed the whole object with the one change
 */
record Flip(String field, Supplier<Map<String, Object>> changed) {

  /** From this length on base64 is a key, a hash, a ciphertext or a signature. */
  private static final int SHORTEST_BASE64 = 44;

  private static final int CHARACTER_BITS = 7;
  private static final int NUMBER_BITS = 53;

  static Stream<Flip> allOf(Map<String, Object> object) {
    return leaves(List.of(), object).stream().flatMap(path -> flips(object, path));
  }

  /** Each node of the object, leaves and others, replaced by one thing after the other. */
  static Stream<Flip> replacements(Map<String, Object> object, List<Object> values) {
    return nodes(List.of(), object).stream()
        .filter(path -> !path.isEmpty())
        .flatMap(path -> values.stream().map(value -> flip(object, path, value)));
  }

  private static List<List<Object>> nodes(List<Object> path, Object value) {
    List<List<Object>> nodes = new ArrayList<>(List.of(path));
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((name, inner) -> nodes.addAll(nodes(longer(path, name), inner)));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          nodes.addAll(nodes(longer(path, i), list.get(i)));
        }
      }
      default -> {}
    }
    return nodes;
  }

  private static List<List<Object>> leaves(List<Object> path, Object value) {
    List<List<Object>> leaves = new ArrayList<>();
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((name, inner) -> leaves.addAll(leaves(longer(path, name), inner)));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          leaves.addAll(leaves(longer(path, i), list.get(i)));
        }
      }
      default -> leaves.add(path);
    }
    return leaves;
  }

  private static Stream<Flip> flips(Map<String, Object> object, List<Object> path) {
    Object leaf = at(object, path);
    if (leaf instanceof Number number) {
      return IntStream.range(0, NUMBER_BITS)
          .mapToObj(bit -> flip(object, path, number.longValue() ^ 1L << bit));
    }
    String text = (String) leaf;
    if (text.length() >= SHORTEST_BASE64) {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Flips.sample(bytes)
          .mapToObj(bit -> flip(object, path, Base64Text.encode(Flips.flipped(bytes, bit))));
    }
    return IntStream.range(0, text.length() * CHARACTER_BITS)
        .mapToObj(bit -> flip(object, path, withBit(text, bit)));
  }

  private static Flip flip(Map<String, Object> object, List<Object> path, Object value) {
    String field =
        path.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .collect(Collectors.joining("."));
    return new Flip(field, () -> asMap(replaced(object, path, value)));
  }

  private static String withBit(String text, int bit) {
    int at = bit / CHARACTER_BITS;
    char turned = (char) (text.charAt(at) ^ 1 << bit % CHARACTER_BITS);
    return text.substring(0, at) + turned + text.substring(at + 1);
  }

  private static Object at(Object value, List<Object> path) {
    Object inner = value;
    for (Object step : path) {
      inner = step instanceof Integer i ? ((List<?>) inner).get(i) : ((Map<?, ?>) inner).get(step);
    }
    return inner;
  }

  private static Object replaced(Object value, List<Object> path, Object leaf) {
    if (path.isEmpty()) {
      return leaf;
    }
    List<Object> rest = path.subList(1, path.size());
    if (path.getFirst() instanceof Integer i) {
      var list = new ArrayList<Object>((List<?>) value);
      list.set(i, replaced(list.get(i), rest, leaf));
      return list;
    }
    var map = new LinkedHashMap<Object, Object>((Map<?, ?>) value);
    map.computeIfPresent(path.getFirst(), (name, inner) -> replaced(inner, rest, leaf));
    return map;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object value) {
    return (Map<String, Object>) value;
  }

  private static List<Object> longer(List<Object> path, Object step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
