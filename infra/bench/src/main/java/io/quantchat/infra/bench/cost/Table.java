package io.quantchat.infra.bench.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One table of the report.
 *
 * @param name for programs
 * @param title for people
 * @param columns headings; the first is of what the rows are
 * @param notes what must be known to read it
 */
record Table(
    String name, String title, List<String> columns, List<List<Cell>> rows, List<String> notes) {

  Table {
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException("A row of " + name + " has " + row.size() + " cells");
      }
    }
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  String toMarkdown() {
    var text = new StringBuilder("\n### " + title + "\n\n");
    line(text, columns);
    for (int column = 0; column < columns.size(); column++) {
      text.append(isOfNumbers(column) ? "|---:" : "|---");
    }
    text.append("|\n");
    rows.forEach(row -> line(text, row.stream().map(Cell::shown).toList()));
    if (!notes.isEmpty()) {
      text.append('\n');
      notes.forEach(note -> text.append("- ").append(note).append('\n'));
    }
    return text.toString();
  }

  private boolean isOfNumbers(int column) {
    return rows.stream().allMatch(row -> row.get(column).value() instanceof Number);
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** Rows as objects by column, and the notes. */
  Map<String, Object> toJson() {
    var objects = new ArrayList<Map<String, Object>>();
    for (List<Cell> row : rows) {
      var object = new LinkedHashMap<String, Object>();
      for (int i = 0; i < columns.size(); i++) {
        object.put(columns.get(i), row.get(i).value());
      }
      objects.add(object);
    }
    return Map.of("rows", objects, "notes", notes);
  }
}
