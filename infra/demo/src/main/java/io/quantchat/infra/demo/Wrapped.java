package io.quantchat.infra.demo;

import java.util.ArrayList;
import java.util.List;

/** Lines that are cut between words where they are too long; what goes on is indented. */
final class Wrapped {

  private static final String CONTINUATION = "  ";

  private Wrapped() {}

  static List<String> lines(List<String> texts, int width) {
    return texts.stream().flatMap(text -> lines(text, width).stream()).toList();
  }

  static List<String> lines(String text, int width) {
    var lines = new ArrayList<String>();
    String indent = " ".repeat(text.length() - text.stripLeading().length()) + CONTINUATION;
    String rest = text;
    while (rest.length() > width) {
      int cut = rest.lastIndexOf(' ', width);
      if (cut <= indent.length()) {
        cut = width;
      }
      lines.add(rest.substring(0, cut).stripTrailing());
      rest = indent + rest.substring(cut).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
