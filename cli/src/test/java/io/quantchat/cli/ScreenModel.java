package io.quantchat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A terminal's screen without an end: what is printed on it in lines, it breaks at its width, and
 * anew when it gets another one, as terminals do.
 */
final class ScreenModel {

  private final ToIntFunction<String> columnsOf;
  private final List<String> printed = new ArrayList<>();

  /**
   * @param columnsOf the room that this terminal gives to a grapheme cluster
   */
  ScreenModel(ToIntFunction<String> columnsOf) {
    this.columnsOf = columnsOf;
  }

  void print(String line) {
    printed.add(line);
  }

  /** What stands in the screen's rows at this width. */
  List<String> rows(int width) {
    var rows = new ArrayList<String>();
    for (String line : printed) {
      var row = new StringBuilder();
      int used = 0;
      for (String cluster : Clusters.of(line)) {
        int columns = columnsOf.applyAsInt(cluster);
        if (used > 0 && used + columns > width) {
          rows.add(row.toString());
          row.setLength(0);
          used = 0;
        }
        row.append(cluster);
        used += columns;
      }
      rows.add(row.toString());
    }
    return rows;
  }
}
