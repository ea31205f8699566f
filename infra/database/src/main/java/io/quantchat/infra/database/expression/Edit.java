package io.quantchat.infra.database.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What changes in a map, a list or an item, gathered before any of it is done: a list's indexes
 * mean the elements as they were.
 */
final class Edit {

  private final Map<String, AttributeValue> puts = new LinkedHashMap<>();
  private final Set<String> removals = new HashSet<>();
  private final Map<String, Edit> inside = new HashMap<>();

  private final Map<Integer, AttributeValue> putsAt = new TreeMap<>();
  private final Set<Integer> removalsAt = new HashSet<>();
  private final Map<Integer, Edit> insideAt = new TreeMap<>();

  private boolean ofMap;
  private boolean ofList;

  void put(Path path, AttributeValue value) {
    Edit parent = parent(path);
    switch (path.steps().getLast()) {
      case Path.Step.Index(int index) -> parent.putsAt.put(index, value);
      case Path.Step.Name(String name) -> parent.puts.put(name, value);
      case Path.Step.Alias alias -> throw unresolved(alias);
    }
  }

  void remove(Path path) {
    Edit parent = parent(path);
    switch (path.steps().getLast()) {
      case Path.Step.Index(int index) -> parent.removalsAt.add(index);
      case Path.Step.Name(String name) -> parent.removals.add(name);
      case Path.Step.Alias alias -> throw unresolved(alias);
    }
  }

  /** Changes nothing there, but what leads there must be. */
  void leave(Path path) {
    parent(path);
  }

  /**
   * The item with the changes.
   *
   * @throws InvalidExpression if it hasn't the maps and lists into which the changes lead
   */
  Map<String, AttributeValue> of(Map<String, AttributeValue> before) {
    Map<String, AttributeValue> after = new HashMap<>(before);
    inside.forEach((name, edit) -> after.put(name, edit.of(before.get(name))));
    after.keySet().removeAll(removals);
    after.putAll(puts);
    return after;
  }

  private AttributeValue of(AttributeValue before) {
    if (before == null || (ofMap && !before.hasM()) || (ofList && !before.hasL())) {
      throw new InvalidExpression(
          "The document path provided in the update expression is invalid for update");
    }
    return ofMap ? AttributeValue.fromM(of(before.m())) : AttributeValue.fromL(of(before.l()));
  }

  private List<AttributeValue> of(List<AttributeValue> before) {
    insideAt.forEach(
        (index, edit) -> {
          if (index >= before.size()) {
            edit.of((AttributeValue) null);
          }
        });
    List<AttributeValue> after = new ArrayList<>(before.size() + putsAt.size());
    for (int i = 0; i < before.size(); i++) {
      if (putsAt.containsKey(i)) {
        after.add(putsAt.get(i));
      } else if (insideAt.containsKey(i)) {
        after.add(insideAt.get(i).of(before.get(i)));
      } else if (!removalsAt.contains(i)) {
        after.add(before.get(i));
      }
    }
    putsAt.forEach(
        (index, value) -> {
          if (index >= before.size()) {
            after.add(value);
          }
        });
    return after;
  }

  /** The edit of the map or list that holds the last step. */
  private Edit parent(Path path) {
    Edit at = this;
    List<Path.Step> steps = path.steps();
    for (int i = 0; i < steps.size() - 1; i++) {
      at.expect(steps.get(i));
      at =
          switch (steps.get(i)) {
            case Path.Step.Index(int index) -> at.insideAt.computeIfAbsent(index, n -> new Edit());
            case Path.Step.Name(String name) -> at.inside.computeIfAbsent(name, n -> new Edit());
            case Path.Step.Alias alias -> throw unresolved(alias);
          };
    }
    at.expect(steps.getLast());
    return at;
  }

  private void expect(Path.Step step) {
    if (step instanceof Path.Step.Index) {
      ofList = true;
    } else {
      ofMap = true;
    }
  }

  private static IllegalArgumentException unresolved(Path.Step.Alias alias) {
    return new IllegalArgumentException(alias.key() + " isn't resolved.");
  }
}
