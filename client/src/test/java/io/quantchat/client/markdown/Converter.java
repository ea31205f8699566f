package io.quantchat.client.markdown;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What editors, mail programs and other converters do to files. */
enum Converter {
  NOTHING((text, random) -> text),
  LINE_FEEDS_TO_CRLF((text, random) -> text.replaceAll("(?<!\r)\n", "\r\n")),
  LINE_FEEDS_TO_CRLF_BLINDLY((text, random) -> text.replace("\n", "\r\n")),
  CRLF_TO_LINE_FEEDS((text, random) -> text.replace("\r\n", "\n")),
  TO_CR((text, random) -> text.replace("\n", "\r")),
  ALL_LINE_ENDS_TO_LINE_FEEDS((text, random) -> text.replaceAll("\\R", "\n")),
  MIXED_LINE_ENDS(
      (text, random) ->
          // Blank lines get the ends of their kind: one more line is lost where \r stands before
          // \n.
          Pattern.compile("\n+")
              .matcher(text)
              .replaceAll(
                  ends ->
                      List.of("\n", "\r\n", "\r")
                          .get(random.nextInt(3))
                          .repeat(ends.end() - ends.start()))),
  SINGLE_LINES_TO_DOUBLE((text, random) -> text.replace("\n", "\n\n")),
  TRAILING_BLANKS_STRIPPED((text, random) -> text.replaceAll("(?m)[ \t]+$", "")),
  TRAILING_BLANKS_ADDED((text, random) -> text.replace("\n", "  \n")),
  MARK_ADDED((text, random) -> "\uFEFF" + text),
  MARKS_REMOVED((text, random) -> text.replace("\uFEFF", "")),
  FINAL_NEWLINE_REMOVED((text, random) -> text.replaceAll("\n+$", "")),
  FINAL_NEWLINES_ADDED((text, random) -> text + "\n\n\n"),
  TABS_TO_SPACES((text, random) -> text.replace("\t", "    ")),
  SPACES_TO_TABS((text, random) -> text.replace("    ", "\t")),
  BLANKS_COLLAPSED((text, random) -> text.replaceAll("[ \t]+", " ")),
  COMPOSED((text, random) -> Normalizer.normalize(text, Normalizer.Form.NFC)),
  DECOMPOSED((text, random) -> Normalizer.normalize(text, Normalizer.Form.NFD)),
  COMPATIBLE((text, random) -> Normalizer.normalize(text, Normalizer.Form.NFKC)),
  WRAPPED((text, random) -> wrapped(text, "\n")),
  FLOWED((text, random) -> wrapped(text.replaceAll("(?m)^(?=[ >]|From )", " "), " \n")),
  QUOTED_PRINTABLE(
      (text, random) -> wrapped(text.replace("=", "=3D").replaceAll("(?m) $", "=20"), "=\n")),
  QUOTED((text, random) -> text.replaceAll("(?m)^", "> ")),
  QUOTED_TWICE((text, random) -> text.replaceAll("(?m)^", ">> ")),
  INDENTED((text, random) -> text.replaceAll("(?m)^(?=.)", "    ")),
  FROM_ESCAPED((text, random) -> text.replaceAll("(?m)^(>*From )", ">$1")),
  DOTS_STUFFED((text, random) -> text.replaceAll("(?m)^\\.", "..")),
  LATIN_1(Converter::as, StandardCharsets.ISO_8859_1),
  WINDOWS_1252(Converter::as, Charset.forName("windows-1252")),
  ASCII(Converter::as, StandardCharsets.US_ASCII),
  UTF_16(Converter::as, StandardCharsets.UTF_16),
  UTF_16_LE(Converter::as, StandardCharsets.UTF_16LE),
  MOJIBAKE(
      (text, random) ->
          new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)),
  CONTROLS_STRIPPED((text, random) -> text.replaceAll("[\\p{Cntrl}&&[^\n\r\t]]", "")),
  NULS_STRIPPED((text, random) -> text.replace("\u0000", "")),
  CUT_AT_NUL((text, random) -> text.replaceFirst("(?s)\u0000.*", "")),
  FORMAT_STRIPPED((text, random) -> text.replaceAll("\\p{Cf}", "")),
  BLANK_LINES_COLLAPSED((text, random) -> text.replaceAll("\n{3,}", "\n\n")),
  BLANK_LINES_REMOVED((text, random) -> text.replaceAll("\n{2,}", "\n")),
  SMART((text, random) -> text.replace("---", "—").replace("...", "…").replace("\"", "”")),
  RULES_REWRITTEN((text, random) -> text.replaceAll("(?m)^---$", "* * *")),
  BACKSLASHES_REMOVED((text, random) -> text.replaceAll("\\\\(.)", "$1")),
  HTML_ESCAPED(
      (text, random) -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
  HTML_UNESCAPED(
      (text, random) ->
          text.replaceAll("<br>|&#10;|&#13;", "\n").replaceAll("<[^>]*>", "").replace("&lt;", "<")),
  CUT((text, random) -> text.substring(0, random.nextInt(text.length() + 1))),
  CUT_IN_FRONT((text, random) -> text.substring(random.nextInt(text.length() + 1))),
  LINES_CUT_IN_FRONT(
      (text, random) -> {
        String[] lines = text.split("\n", -1);
        return String.join(
            "\n", Arrays.asList(lines).subList(random.nextInt(lines.length), lines.length));
      }),
  TWICE((text, random) -> text + text),
  CUT_AND_WHOLE((text, random) -> CUT.change(text, random) + text),
  SORTED((text, random) -> text.lines().sorted().collect(Collectors.joining("\n"))),
  SORTED_ONCE((text, random) -> text.lines().sorted().distinct().collect(Collectors.joining("\n"))),
  SHUFFLED(
      (text, random) -> {
        List<String> lines = new ArrayList<>(text.lines().toList());
        Collections.shuffle(lines, random);
        return String.join("\n", lines);
      }),
  A_LINE_LOST(
      (text, random) -> {
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.remove(random.nextInt(lines.size()));
        return String.join("\n", lines);
      }),
  TWO_LINES_SWAPPED(
      (text, random) -> {
        List<String> lines = new ArrayList<>(text.lines().toList());
        Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
        return String.join("\n", lines);
      }),
  A_CHARACTER_CHANGED(
      (text, random) -> {
        var changed = new StringBuilder(text);
        changed.setCharAt(
            random.nextInt(text.length()), text.charAt(random.nextInt(text.length())));
        return changed.toString();
      }),
  UPPER_CASE((text, random) -> text.toUpperCase(Locale.ROOT));

  @SuppressWarnings("ImmutableEnumChecker") // What changes a text holds nothing of its own.
  private final Change change;

  Converter(TextChange change) {
    this.change = (text, random) -> change.of(text, random).getBytes(StandardCharsets.UTF_8);
  }

  Converter(Encoding encoding, Charset charset) {
    this.change = (text, random) -> encoding.of(text, charset);
  }

  /** What becomes of a file. */
  byte[] convert(String text, Random random) {
    return change.of(text, random);
  }

  private String change(String text, Random random) {
    return new String(change.of(text, random), StandardCharsets.UTF_8);
  }

  private static byte[] as(String text, Charset charset) {
    return text.getBytes(charset);
  }

  /** Long lines are broken at a blank. */
  private static String wrapped(String text, String end) {
    return text.replaceAll("(.{40,72}) (?=.)", "$1" + end);
  }

  private interface Change {
    byte[] of(String text, Random random);
  }

  private interface TextChange {
    String of(String text, Random random);
  }

  private interface Encoding {
    byte[] of(String text, Charset charset);
  }
}
