package io.quantchat.infra.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints what happens: what people see on the left, and beside it, or beneath it where there is no
 * room, what the server sees.
 */
final class Transcript {

  private static final int LEAST_FOR_TWO_COLUMNS = 100;
  private static final int MARGIN = 12;
  private static final int GUTTER = 3;
  private static final String PEOPLE_SEE = "people see";
  private static final String SERVER_SEES = "the server sees";
  private static final String SERVER = "server ";

  private final PrintStream out;
  private final Look look;
  private final boolean beside;
  private final int peopleWidth;
  private final int serverWidth;

  Transcript(PrintStream out, Look look) {
    this.out = out;
    this.look = look;
    this.beside = look.columns() >= LEAST_FOR_TWO_COLUMNS;
    int room = look.columns() - MARGIN;
    this.peopleWidth = beside ? (room - GUTTER) / 2 : room;
    this.serverWidth = beside ? room - GUTTER - peopleWidth : room - SERVER.length() - 2;
  }

  void title(String title, String place) {
    line("");
    line(look.bold(title) + "  " + look.faint(place));
    if (beside) {
      line("");
      line(
          " ".repeat(MARGIN)
              + look.faint(padded(PEOPLE_SEE, peopleWidth))
              + " "
              + look.faint(look.bar() + " " + SERVER_SEES));
    }
  }

  void chapter(String heading) {
    line("");
    line(look.bold(heading));
  }

  /** A step that came out as it should. */
  void step(Duration took, String title, List<String> people, List<String> server) {
    var left = new ArrayList<>(Wrapped.lines(title, peopleWidth));
    int titleLines = left.size();
    left.addAll(Wrapped.lines(people, peopleWidth));
    List<String> right = Wrapped.lines(server, serverWidth);
    String margin = look.good(look.tick()) + look.faint(milliseconds(took)) + "  ";
    int rows = beside ? Math.max(left.size(), right.size()) : left.size();
    for (int row = 0; row < rows; row++) {
      String text = row < left.size() ? left.get(row) : "";
      line(
          (row == 0 ? margin : " ".repeat(MARGIN))
              + (row < titleLines ? look.bold(text) : text)
              + (beside ? besideIt(text, row < right.size() ? right.get(row) : "") : ""));
    }
    if (!beside) {
      beneath(right);
    }
  }

  /** A step that did not. */
  void differed(Duration took, String title, Difference difference) {
    line(look.bad(look.cross()) + look.faint(milliseconds(took)) + "  " + look.bold(title));
    line(" ".repeat(MARGIN) + look.bad("expected  ") + difference.expected());
    line(" ".repeat(MARGIN) + look.bad("came      ") + difference.came());
  }

  void note(String text) {
    for (String part : Wrapped.lines(text, look.columns() - MARGIN)) {
      line(" ".repeat(MARGIN) + look.faint(part));
    }
  }

  void ending(String text) {
    line("");
    line(text);
    line("");
  }

  private String besideIt(String left, String right) {
    return " ".repeat(peopleWidth - left.length() + 1) + look.faint(look.bar()) + " " + right;
  }

  private void beneath(List<String> server) {
    for (int row = 0; row < server.size(); row++) {
      line(
          " ".repeat(MARGIN)
              + look.faint(row == 0 ? SERVER : " ".repeat(SERVER.length()))
              + look.faint(look.bar())
              + " "
              + server.get(row));
    }
  }

  private void line(String text) {
    out.println(text.stripTrailing());
    out.flush();
  }

  private static String milliseconds(Duration time) {
    return String.format(Locale.ROOT, "%6d ms", time.toMillis());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
