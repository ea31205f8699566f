package io.quantchat.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what happens: a line for each step, in columns. */
final class Transcript {

  private static final int SENT_WIDTH = 50;
  private static final String INDENT = " ".repeat(29);

  private final PrintStream out;
  private final Look look;

  Transcript(PrintStream out, Look look) {
    this.out = out;
    this.look = look;
  }

  void title(String title, String place) {
    line("");
    line(look.bold(title) + "  " + look.faint(place));
    line("");
    line(look.faint("      at ms   took ms"));
  }

  void chapter(String heading) {
    line("");
    line("  " + look.bold(heading));
  }

  /** A step that came out as it should. */
  void step(Moment moment, String who, String sent, String came) {
    line(columns(moment, look.good(look.tick()), who, sent) + "  " + came);
  }

  /** A step that did not. */
  void failed(Moment moment, String who, String sent, Difference difference) {
    line(columns(moment, look.bad(look.cross()), who, sent) + "  " + look.bad("differs"));
    line(INDENT + look.bad("expected  ") + difference.expected());
    line(INDENT + look.bad("came      ") + difference.came());
  }

  /** Rows of a table, each attribute with its type. */
  void rows(List<JsonNode> rows) {
    for (JsonNode row : rows) {
      int widest = row.properties().stream().mapToInt(a -> a.getKey().length()).max().orElse(0);
      row.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              attribute ->
                  line(
                      INDENT
                          + look.bar()
                          + " "
                          + pad(attribute.getKey(), widest)
                          + "  "
                          + ShownValue.of(attribute.getValue(), look)));
    }
  }

  void note(String text) {
    line(look.faint(INDENT + text));
  }

  void ending(String text) {
    line("");
    line(text);
    line("");
  }

  private String columns(Moment moment, String mark, String who, String sent) {
    return "%s %s  %s %s  %s"
        .formatted(
            milliseconds(moment.at(), 11),
            look.faint(milliseconds(moment.took(), 9)),
            mark,
            look.bold(who),
            pad(sent, SENT_WIDTH));
  }

  private void line(String text) {
    out.println(text.stripTrailing());
    out.flush();
  }

  private static String milliseconds(Duration time, int width) {
    return String.format(Locale.ROOT, "%" + width + ".1f", time.toNanos() / 1e6);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
