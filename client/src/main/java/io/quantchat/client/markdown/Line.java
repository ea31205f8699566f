package io.quantchat.client.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a file.
 *
 * @param number from 1 on
 * @param text without its end
 * @param end what ends it; empty at the end of the file
 */
record Line(int number, String text, String end) {

  /** What quoting and indenting put before each line. */
  private static final Pattern PREFIX = Pattern.compile("^[> \\t]+");

  private static final Pattern ANY_RULE = Pattern.compile("(?:- ?){3,}|(?:\\* ?){3,}|(?:_ ?){3,}");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** The lines of a file, without what was put before each. */
  static List<Line> of(String file) {
    List<Line> lines = split(file);
    String prefix =
        lines.stream()
            .filter(line -> Head.read(withoutPrefix(line.text())).isPresent())
            .findFirst()
            .map(line -> line.text().substring(0, prefixLength(line.text())))
            .orElse("");
    return prefix.isEmpty() ? lines : lines.stream().map(line -> line.without(prefix)).toList();
  }

  private static List<Line> split(String file) {
    var lines = new ArrayList<Line>();
    int from = 0;
    while (from < file.length()) {
      int to = from;
      while (to < file.length() && file.charAt(to) != '\n' && file.charAt(to) != '\r') {
        to++;
      }
      int end = file.startsWith("\r\n", to) ? to + 2 : Math.min(to + 1, file.length());
      lines.add(new Line(lines.size() + 1, file.substring(from, to), file.substring(to, end)));
      from = end;
    }
    return lines;
  }

  private static int prefixLength(String text) {
    Matcher prefix = PREFIX.matcher(text);
    return prefix.find() ? prefix.end() : 0;
  }

  private static String withoutPrefix(String text) {
    return text.substring(prefixLength(text));
  }

  private Line without(String prefix) {
    if (text.startsWith(prefix)) {
      return new Line(number, text.substring(prefix.length()), end);
    }
    return text.equals(prefix.stripTrailing()) ? new Line(number, "", end) : this;
  }

  /** Without what is invisible around it. */
  String bare() {
    String bare = text.strip();
    return bare.startsWith(BYTE_ORDER_MARK) ? bare.substring(1).strip() : bare;
  }

  boolean isBlank() {
    return bare().isEmpty();
  }

  boolean isRule() {
    return bare().equals(MarkdownExport.RULE);
  }

  /** Whether it is a rule, however Markdown may write one. */
  boolean isAnyRule() {
    return ANY_RULE.matcher(bare()).matches();
  }
}
