package io.quantchat.cli;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that people choose for themselves, on lines where a name says who speaks. */
final class Names {

  /** Columns. */
  private static final int LONGEST = 32;

  /** No colon, which ends a name, and no gap that would set apart what comes after. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[\\p{L}\\p{N}\\p{So}&&[^\\uFFFD]]"
              + "(?: ?[\\p{L}\\p{M}\\p{N}\\p{So}\\p{Sk}._'’+@()\\u200C\\u200D\\-&&[^\\uFFFD]])*+");

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]");
  private static final Pattern GAPS_AND_COLONS = Pattern.compile("[\\s\\p{Z}:]");

  /** How lines call the user. */
  private static final String YOU = "you";

  /** They are written with each other, and look like no other. */
  private static final Set<UnicodeScript> OF_EAST_ASIA =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  private Names() {}

  /**
   * Whether a name passes for nothing but a name: neither for the user, nor for somebody whose name
   * has the same look in letters of another script, nor for a whole line.
   */
  static boolean isPlain(String name) {
    String shown = Printable.line(name);
    return PLAIN.matcher(shown).matches()
        && Clusters.columns(shown) <= LONGEST
        && !isYou(shown)
        && isOfOneScript(shown);
  }

  /** An e-mail as a name: whatever the server lets be one, it is one word. */
  static String ofEmail(String email) {
    return GAPS_AND_COLONS.matcher(Printable.line(email)).replaceAll("\uFFFD");
  }

  private static boolean isYou(String name) {
    String letters = Normalizer.normalize(name, Form.NFKD).toLowerCase(Locale.ROOT);
    return NO_LETTERS.matcher(letters).replaceAll("").equals(YOU);
  }

  private static boolean isOfOneScript(String name) {
    var scripts = EnumSet.noneOf(UnicodeScript.class);
    name.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
    scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
    if (scripts.removeAll(OF_EAST_ASIA)) {
      scripts.remove(UnicodeScript.LATIN);
      return scripts.isEmpty();
    }
    return scripts.size() <= 1;
  }
}
