package io.quantchat.infra.demo;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A terminal's abilities.
 *
 * @param colours whether it is one, and wants them
 * @param signs whether it can show signs beyond ASCII
 * @param columns how wide it is
 */
record Look(boolean colours, boolean signs, int columns) {

  private static final int USUAL_COLUMNS = 80;
  private static final int LEAST_COLUMNS = 60;
  private static final int MOST_COLUMNS = 160;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  Look {
    columns = Math.clamp(columns, LEAST_COLUMNS, MOST_COLUMNS);
  }

  /**
   * As this process's standard output has it. {@code NO_COLOR} is respected (no-color.org), and
   * {@code COLUMNS}, which {@code ./quantchat} sets to the terminal's width.
   */
  static Look ofStandardOutput(Charset charset) {
    // JDK 22 to 24 give a console where there is no terminal, others none.
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    int columns =
        Optional.ofNullable(System.getenv("COLUMNS"))
            .filter(text -> NUMBER.matcher(text).matches())
            .map(Integer::parseInt)
            .orElse(USUAL_COLUMNS);
    return new Look(terminal && wanted, charset.newEncoder().canEncode('✓'), columns);
  }

  String tick() {
    return signs ? "✓" : "+";
  }

  String cross() {
    return signs ? "✗" : "!";
  }

  String arrow() {
    return signs ? "→" : "->";
  }

  String bar() {
    return signs ? "│" : "|";
  }

  String ellipsis() {
    return signs ? "…" : "..";
  }

  String bold(String text) {
    return escaped("1", text);
  }

  String faint(String text) {
    return escaped("2", text);
  }

  String good(String text) {
    return escaped("32", text);
  }

  String bad(String text) {
    return escaped("31", text);
  }

  private String escaped(String code, String text) {
    return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
