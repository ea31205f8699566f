package io.quantchat.accounts;

/**
 * Characters that make two texts look alike that differ, or one text look like something that it
 * isn't: what can't be seen, what turns the direction of writing, and what has no one look (private
 * use, or not assigned yet).
 */
public final class DeceivingCharacters {

  private static final int BRAILLE_BLANK = 0x2800;
  private static final int OBJECT_REPLACEMENT = 0xFFFC;
  private static final int REPLACEMENT = 0xFFFD;

  private DeceivingCharacters() {}

  /** Whether a text holds such a character; a plain space is none. */
  public static boolean areIn(String text) {
    return text.codePoints().anyMatch(DeceivingCharacters::isOne);
  }

  /** Whether a text holds a blank, of whatever kind. */
  static boolean haveBlank(String text) {
    return text.codePoints()
        .anyMatch(point -> Character.isWhitespace(point) || Character.isSpaceChar(point));
  }

  /** Whether a character belongs to the one before it. */
  public static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean isOne(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.SPACE_SEPARATOR -> point != ' ';
      default ->
          isIgnorable(point)
              || point == BRAILLE_BLANK
              || point == OBJECT_REPLACEMENT
              || point == REPLACEMENT;
    };
  }

  /**
   * Of the property Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties) those that aren't
   * of a category above: joiners of graphemes, fillers, selectors of variations.
   */
  private static boolean isIgnorable(int point) {
    return point == 0x034F
        || point == 0x115F
        || point == 0x1160
        || point == 0x17B4
        || point == 0x17B5
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0xFFA0
        || (point >= 0xE0100 && point <= 0xE01EF);
  }
}
