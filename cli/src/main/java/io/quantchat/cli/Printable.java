package io.quantchat.cli;

import java.util.stream.Collectors;

/**
 * Somebody else's text as it may be printed. What would move the cursor, change a colour or a
 * title, answer as if it were typed, turn the direction of the line, hide, or grow over the lines
 * around, is shown as a mark instead; one line stays one line. The signs that lines of people begin
 * with, and what looks like them, are replaced by other ones: no text has any.
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

  /** So many marks on one letter have all living languages, and some to spare. */
  private static final int MOST_MARKS = 6;

  private Printable() {}

  /** In one line. */
  static String line(String text) {
    var shown = new StringBuilder(text.length());
    int marks = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      marks = isMark(character) ? marks + 1 : 0;
      shown.appendCodePoint(marks > MOST_MARKS ? REPLACEMENT : shown(character));
    }
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
    if (isSign(character)) {
      return unlike(character);
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

  /** Stands above, below or around what is before it. */
  private static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isSign(int character) {
    return unlike(character) != character;
  }

  /** What stands for a sign of {@link Rows}, or for what looks like one. */
  private static int unlike(int character) {
    return switch (character) {
      case '▶', '▷', '▸', '▹', '►', '▻', '‣', '⏵', '⯈' -> '>';
      case '◀', '◁', '◂', '◃', '◄', '◅', '⏴', '⯇' -> '<';
      case '◦' -> '-';
      default -> character;
    };
  }

  private static boolean isOrdinary(int format) {
    return format == ZERO_WIDTH_NON_JOINER
        || format == ZERO_WIDTH_JOINER
        || (format >= FIRST_TAG && format <= LAST_TAG);
  }
}
