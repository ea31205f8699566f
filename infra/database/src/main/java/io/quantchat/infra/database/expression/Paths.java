package io.quantchat.infra.database.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Some places of an item, without placeholders, none of which lies in another. */
public final class Paths {

  private final List<Path> paths;

  private Paths(List<Path> paths) {
    this.paths = List.copyOf(paths);
  }

  /**
   * Gathers paths that are checked to be defined.
   *
   * @throws InvalidExpression if one overlaps or conflicts with another
   */
  static Paths of(ExpressionKind kind, List<Path> paths) {
    requireApart(kind, paths);
    return new Paths(paths);
  }

  /** The attributes in which they lie. */
  public Set<String> attributes() {
    Set<String> attributes = HashSet.newHashSet(paths.size());
    for (Path path : paths) {
      attributes.add(path.steps().getFirst().toString());
    }
    return attributes;
  }

  /** The attributes into which they lead, by names or indexes. A key can't be among them. */
  public Set<String> nestedAttributes() {
    Set<String> attributes = new HashSet<>();
    for (Path path : paths) {
      if (path.isNested()) {
        attributes.add(path.steps().getFirst().toString());
      }
    }
    return attributes;
  }

  /**
   * What of an item lies there, in maps and lists as in the item. A list holds only the elements
   * that were named, in their order.
   */
  public Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> found = HashMap.newHashMap(paths.size());
    Cut nested = null;
    for (Path path : paths) {
      AttributeValue value = path.in(item, null);
      if (value == null) {
        continue;
      }
      if (path.isNested()) {
        nested = nested == null ? new Cut() : nested;
        nested.add(path, 0, value);
      } else {
        found.put(path.steps().getFirst().toString(), value);
      }
    }
    if (nested != null) {
      found.putAll(nested.map());
    }
    return found;
  }

  private static void requireApart(ExpressionKind kind, List<Path> paths) {
    String conflict = null;
    for (int i = 1; i < paths.size(); i++) {
      for (int j = 0; j < i; j++) {
        Relation relation = relation(paths.get(j), paths.get(i));
        if (relation == Relation.OVERLAP) {
          throw kind.invalid(
              "Two document paths overlap with each other; " + both(paths.get(j), paths.get(i)));
        }
        if (relation == Relation.CONFLICT && conflict == null) {
          conflict =
              "Two document paths conflict with each other; " + both(paths.get(j), paths.get(i));
        }
      }
    }
    if (conflict != null) {
      throw kind.invalid(conflict);
    }
  }

  private static String both(Path one, Path two) {
    return "must remove or rewrite one of these paths; path one: %s, path two: %s"
        .formatted(one, two);
  }

  private enum Relation {
    APART,
    /** One lies in the other, or they are the same. */
    OVERLAP,
    /** One takes for a list what the other takes for a map. */
    CONFLICT
  }

  private static Relation relation(Path one, Path two) {
    int common = Math.min(one.steps().size(), two.steps().size());
    for (int i = 0; i < common; i++) {
      Path.Step ofOne = one.steps().get(i);
      Path.Step ofTwo = two.steps().get(i);
      if (ofOne.getClass() != ofTwo.getClass()) {
        return Relation.CONFLICT;
      }
      if (!ofOne.equals(ofTwo)) {
        return Relation.APART;
      }
    }
    return Relation.OVERLAP;
  }

  /** What was found in one map or list. */
  private static final class Cut {
    private AttributeValue whole;
    private final Map<String, Cut> named = new HashMap<>();
    private final Map<Integer, Cut> indexed = new TreeMap<>();

    void add(Path path, int level, AttributeValue value) {
      if (level == path.steps().size()) {
        whole = value;
        return;
      }
      Cut below =
          path.steps().get(level) instanceof Path.Step.Index(int index)
              ? indexed.computeIfAbsent(index, i -> new Cut())
              : named.computeIfAbsent(path.steps().get(level).toString(), n -> new Cut());
      below.add(path, level + 1, value);
    }

    Map<String, AttributeValue> map() {
      Map<String, AttributeValue> map = HashMap.newHashMap(named.size());
      named.forEach((name, cut) -> map.put(name, cut.value()));
      return map;
    }

    private AttributeValue value() {
      if (whole != null) {
        return whole;
      }
      if (indexed.isEmpty()) {
        return AttributeValue.fromM(map());
      }
      List<AttributeValue> list = new ArrayList<>(indexed.size());
      indexed.values().forEach(cut -> list.add(cut.value()));
      return AttributeValue.fromL(list);
    }
  }
}
