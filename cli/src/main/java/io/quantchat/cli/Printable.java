package io.quantchat.cli;

import java.util.stream.Collectors;

/**
 * Somebody else's text as it may be printed. What would move the cursor, change a colour or a
 * title, answer as if it were typed, turn the direction of the line, or hide, is shown as a mark
 * instead; one line stays one line.
 */
final class Printable {

  /** Stands where something was that can't be shown. */
  private static final int REPLACEMENT = 0xFFFD;

  /** Unicode's pictures of the control characters 0 to 31 begin here. */
  private static final int CONTROL_PICTURES = 0x2400;

  private static final int DELETE = 0x7F;
  private static final int DELETE_PICTURE = 0x2421;

  /** Both join or part letters in ordinary words, and emoji. */
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** The flags of Scotland and others are spelt with them. */
  private static final int FIRST_TAG = 0xE0020;

  private static final int LAST_TAG = 0xE007F;

  private Printable() {}

  /** In one line. */
  static String line(String text) {
    var shown = new StringBuilder(text.length());
    text.codePoints().map(Printable::shown).forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /**
   * In as many lines as it has.
   *
   * @param margin stands before each but the first, so that none passes for another message
   */
  static String lines(String text, String margin) {
    return text.replace("\r\n", "\n")
        .replace("\t", "    ")
        .lines()
        .map(Printable::line)
        .collect(Collectors.joining("\n" + margin));
  }

  private static int shown(int character) {
    if (character < ' ') {
      return CONTROL_PICTURES + character;
    }
    if (character == DELETE) {
      return DELETE_PICTURE;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          REPLACEMENT;
      case Character.FORMAT -> isOrdinary(character) ? character : REPLACEMENT;
      default -> character;
    };
  }

  private static boolean isOrdinary(int format) {
    return format == ZERO_WIDTH_NON_JOINER
        || format == ZERO_WIDTH_JOINER
        || (format >= FIRST_TAG && format <= LAST_TAG);
  }
}
