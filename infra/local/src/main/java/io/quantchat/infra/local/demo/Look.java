package io.quantchat.infra.local.demo;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What a terminal can show.
 *
 * @param colours whether it is one, and wants them
 * @param signs whether it can show signs beyond ASCII
 */
record Look(boolean colours, boolean signs) {

  /** As this process's standard output has it; {@code NO_COLOR} is respected (no-color.org). */
  static Look ofStandardOutput(Charset charset) {
    // JDK 22 to 24 give a console where there is no terminal, others none.
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    return new Look(terminal && wanted, charset.newEncoder().canEncode('✓'));
  }

  String tick() {
    return signs ? "✓" : "ok";
  }

  String cross() {
    return signs ? "✗" : "!!";
  }

  String ellipsis() {
    return signs ? "…" : "..";
  }

  String arrow() {
    return signs ? "←" : "<-";
  }

  String bar() {
    return signs ? "│" : "|";
  }

  String dot() {
    return signs ? "·" : ".";
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
