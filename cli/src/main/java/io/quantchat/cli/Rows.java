package io.quantchat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Breaks what is shown into rows, each with its margin, so that a terminal has nothing to break
 * itself: what it breaks goes on in the first column, where it would pass for somebody's line. A
 * row that begins an entry begins with a sign, which {@link Printable} keeps out of texts: so also
 * what a terminal has broken anew, for being made narrower, is none.
 *
 * @param width the terminal's columns; nothing where rows may have any length
 */
record Rows(OptionalInt width) {

  /** Begins what the user has said. */
  static final String OWN = "▸ ";

  /** Begins what somebody else has said. */
  static final String THEIRS = "◂ ";

  /** Begins what the program says. */
  static final String NOTE = "◦ ";

  /** The signs, in words. */
  static final String LEGEND = "▸ you, ◂ the other side, ◦ this program; ● online, ○ offline";

  /** Before each row of an entry but the first. */
  static final String MARGIN = "  | ";

  private static final String SHORT_MARGIN = "| ";
  private static final String SHORTEST_MARGIN = "|";

  /** Of a terminal that doesn't say how wide it is. */
  private static final int USUAL = 80;

  private static final String BLANK = " ";

  /** Stands for what is wider than a whole row. */
  private static final String NO_ROOM = "\uFFFD";

  /** Rows of a terminal with so many columns. */
  static Rows ofTerminal(int columns) {
    return new Rows(OptionalInt.of(columns > 0 ? columns : USUAL));
  }

  /** Rows for the standard output: as wide as the terminal, or of any length where that is none. */
  static Rows of(Shell shell) {
    return shell.tty().is(Tty.OUTPUT)
        ? ofTerminal(shell.tty().columns().orElse(USUAL))
        : new Rows(OptionalInt.empty());
  }

  /** The same as one text. */
  String block(String head, String text) {
    return String.join("\n", of(head, text));
  }

  /**
   * The rows of one entry.
   *
   * @param head what it begins with, printable
   * @param text in lines of its own, printable; the first stands behind the head
   */
  List<String> of(String head, String text) {
    var rows = new ArrayList<String>();
    List<String> lines = text.lines().toList();
    add(rows, head + (lines.isEmpty() ? "" : lines.getFirst()));
    lines.stream().skip(1).forEach(line -> add(rows, line));
    return rows;
  }

  private void add(List<String> rows, String line) {
    if (width.isEmpty()) {
      rows.add(marginAt(rows) + line);
      return;
    }
    var row = new StringBuilder(marginAt(rows));
    int left = columns() - row.length();
    for (String word : words(line)) {
      int needed = Clusters.columns(word.stripTrailing());
      boolean isBroken = needed > left && needed <= widest();
      for (String cluster : Clusters.of(word)) {
        String shown = Clusters.columns(cluster) > widest() ? NO_ROOM : cluster;
        int columns = Clusters.columns(shown);
        if (columns > left && shown.equals(BLANK)) {
          // The end of a row is as good as a blank, or as many.
          continue;
        }
        if (isBroken || columns > left) {
          rows.add(row.toString());
          row = new StringBuilder(margin());
          left = widest();
          isBroken = false;
        }
        row.append(shown);
        left -= columns;
      }
    }
    rows.add(row.toString());
  }

  /** Each with the blanks behind it; together they are the line. */
  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    int begin = 0;
    for (int i = 1; i < line.length(); i++) {
      if (line.charAt(i - 1) == ' ' && line.charAt(i) != ' ') {
        words.add(line.substring(begin, i));
        begin = i;
      }
    }
    words.add(line.substring(begin));
    return words;
  }

  private String marginAt(List<String> rows) {
    return rows.isEmpty() ? "" : margin();
  }

  /** Less of it where there is little room; none where there is none for more than that. */
  private String margin() {
    int columns = width.orElse(USUAL);
    if (columns >= 16) {
      return MARGIN;
    }
    if (columns >= 6) {
      return SHORT_MARGIN;
    }
    return columns >= 2 ? SHORTEST_MARGIN : "";
  }

  /** What fits into a row of its own, behind a margin. */
  private int widest() {
    return columns() - margin().length();
  }

  /** The last one stays empty where there are some: terminals differ in what a full row does. */
  private int columns() {
    int columns = width.orElse(Integer.MAX_VALUE);
    return columns >= 6 ? columns - 1 : columns;
  }
}
