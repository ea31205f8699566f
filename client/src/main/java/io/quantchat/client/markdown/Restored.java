package io.quantchat.client.markdown;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a text may have been before something was done to its lines. Guesses: the digest decides
 * which of them is right, if any.
 */
final class Restored {

  private Restored() {}

  /**
   * The text of these lines, the likeliest first: without blanks at the ends of lines, which no
   * steady text has; without an empty line behind each, which line ends that were converted twice
   * leave; with lines joined again that were broken behind a blank, RFC 3676; each with composed
   * characters.
   */
  static Stream<String> texts(List<String> lines) {
    String asItIs = String.join("\n", lines);
    String trimmed =
        lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n")).strip();
    String single = trimmed.replace("\n\n", "\n");
    String joined = joined(lines);
    return Stream.of(asItIs, trimmed, single, joined)
        .flatMap(text -> Stream.of(text, Normalizer.normalize(text, Form.NFC)))
        .distinct();
  }

  private static String joined(List<String> lines) {
    var text = new StringBuilder();
    for (String line : lines) {
      // A blank at the beginning is there so that the line isn't taken for a quoted one.
      String unstuffed = line.startsWith(" ") ? line.substring(1) : line;
      text.append(unstuffed).append(unstuffed.endsWith(" ") ? "" : "\n");
    }
    return text.toString().strip();
  }
}
