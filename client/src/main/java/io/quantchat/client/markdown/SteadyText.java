package io.quantchat.client.markdown;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/**
 * Tells texts that usually come through an editor or a mail program unchanged. It decides no more
 * than whether a text is written down twice: whether it came through, the digest decides.
 */
final class SteadyText {

  /** Mail programs break longer lines, RFC 5322. */
  private static final int LONGEST_LINE = 76;

  /**
   * What is quoted, stuffed, escaped, collapsed or taken for markup: at the beginnings and ends of
   * lines, and anywhere. Letters, digits, other marks, and symbols stay as they are.
   */
  private static final Pattern FRAGILE =
      Pattern.compile(
          "(?m)(?d)^(?:From |[-.#*+~|:'\" ])| $|\n\n\n|  |--|\\.\\.\\.|[\\\\<>&=`*_\\[\\]^$@\t]");

  /** What may begin a message of an earlier export. */
  static final Pattern RULE = Pattern.compile("-{3,}");

  /** What looks like the first line of a message. */
  static final Pattern HEAD = Pattern.compile("(?i)quantchat(?=.*[0-9a-f]{16})");

  private SteadyText() {}

  static boolean is(String text) {
    return !text.isBlank()
        && text.equals(text.strip())
        && text.codePoints().allMatch(SteadyText::isPrintable)
        && !FRAGILE.matcher(text).find()
        && !HEAD.matcher(text).find()
        && text.lines().allMatch(line -> line.length() <= LONGEST_LINE)
        && Normalizer.isNormalized(text, Form.NFC);
  }

  /** What has a shape of its own, wherever it stands; of all that ends lines, a line feed. */
  private static boolean isPrintable(int character) {
    return character == '\n'
        || switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          case Character.SPACE_SEPARATOR -> character == ' ';
          default -> true;
        };
  }
}
