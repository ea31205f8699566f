package io.quantchat.cli;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What people take for one character, and how much room it takes. Terminals disagree about the
 * room: here it is never less than the most that one of them takes, so that what is said to fit
 * does.
 */
final class Clusters {

  /** An extended grapheme cluster, UAX 29. */
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  /** Shows a character as an emoji, which is wide. */
  private static final int EMOJI_STYLE = 0xFE0F;

  /** The signs that lines begin with: narrow everywhere. */
  private static final String NARROW = "▸◂◦";

  private static final int FIRST_SUPPLEMENTARY = 0x10000;

  private Clusters() {}

  /** The clusters of a text, in order. */
  static List<String> of(String text) {
    return CLUSTER.matcher(text).results().map(MatchResult::group).toList();
  }

  /** How many code points the cluster has that ends, or would, at the end of a text. */
  static int lastLength(String text) {
    int last = 0;
    var matcher = CLUSTER.matcher(text);
    while (matcher.find()) {
      last = text.codePointCount(matcher.start(), matcher.end());
    }
    return last;
  }

  /** How many code points the cluster has that a text begins with. */
  static int firstLength(String text) {
    var matcher = CLUSTER.matcher(text);
    return matcher.find() ? text.codePointCount(matcher.start(), matcher.end()) : 0;
  }

  /** The columns that a text takes at most. */
  static int columns(String text) {
    return text.codePoints().map(Clusters::columns).sum();
  }

  private static int columns(int character) {
    if (NARROW.indexOf(character) >= 0) {
      return 1;
    }
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
          character == EMOJI_STYLE || character >= FIRST_SUPPLEMENTARY ? 1 : 0;
      case Character.FORMAT -> character >= FIRST_SUPPLEMENTARY ? 1 : 0;
      case Character.UNASSIGNED, Character.PRIVATE_USE -> 2;
      default -> isWide(character) ? 2 : 1;
    };
  }

  /** East Asian Wide of UAX 11, and what some fonts and settings make wide. */
  private static boolean isWide(int character) {
    return isIn(character, 0x1100, 0x115F)
        // Arrows, technical and other symbols, but not the lines that tables are drawn with.
        || isIn(character, 0x2190, 0x24FF)
        || isIn(character, 0x25A0, 0x2BFF)
        || isIn(character, 0x2E80, 0xA4CF)
        || isIn(character, 0xA960, 0xA97F)
        || isIn(character, 0xAC00, 0xD7A3)
        || isIn(character, 0xF900, 0xFAFF)
        || isIn(character, 0xFE10, 0xFE1F)
        || isIn(character, 0xFE30, 0xFE6F)
        || isIn(character, 0xFF00, 0xFF60)
        || isIn(character, 0xFFE0, 0xFFE7)
        || isIn(character, 0x16F00, 0x1BFFF)
        || isIn(character, 0x1D300, 0x1D37F)
        || character >= 0x1F000;
  }

  private static boolean isIn(int character, int first, int last) {
    return character >= first && character <= last;
  }
}
