package io.quantchat.infra.local.journey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What each route answers to each kind of caller, as a table that people read: a line for each
 * route, and the columns of the first line.
 */
record CallerTable(Map<String, Row> rows) {

  /** What stands where a route can't be called so. */
  private static final String IMPOSSIBLE = "-";

  /** Cells by the name of their column. */
  record Row(String route, Map<String, String> cells) {

    /** The status in a column; empty where the route can't be called so. */
    OptionalInt status(String column) {
      String cell = text(column);
      return cell.equals(IMPOSSIBLE) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cell));
    }

    /** The words in a column. */
    Set<String> words(String column) {
      String cell = text(column);
      return cell.equals(IMPOSSIBLE) ? Set.of() : Set.of(cell.split(", "));
    }

    private String text(String column) {
      if (!cells.containsKey(column)) {
        throw new IllegalArgumentException("There is no column " + column);
      }
      return cells.get(column);
    }
  }

  /**
   * @param lines the columns' names, then the routes, with {@code |} between the cells
   */
  static CallerTable of(String lines) {
    List<String> names = new ArrayList<>();
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String line : lines.lines().toList()) {
      List<String> cells = List.of(line.split("\\|")).stream().map(String::strip).toList();
      if (names.isEmpty()) {
        names.addAll(cells);
        continue;
      }
      if (cells.size() != names.size()) {
        throw new IllegalArgumentException("A line has too many cells, or too few: " + line);
      }
      Map<String, String> byName = new LinkedHashMap<>();
      for (int i = 1; i < cells.size(); i++) {
        byName.put(names.get(i), cells.get(i));
      }
      if (rows.put(cells.getFirst(), new Row(cells.getFirst(), byName)) != null) {
        throw new IllegalArgumentException("A route has two lines: " + cells.getFirst());
      }
    }
    return new CallerTable(rows);
  }
}
