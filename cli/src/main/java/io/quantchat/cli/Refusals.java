package io.quantchat.cli;

import io.quantchat.client.model.ServerRefusalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a server says when it refuses something, for a person: without names of fields that only
 * programs know, and nothing twice because two of them are at fault.
 */
final class Refusals {

  /** What a server says of one field, among others of the same kind. */
  private static final Pattern OF_A_FIELD = Pattern.compile("([a-z][a-z0-9_.\\[\\]]*): (.+)");

  private static final Pattern BETWEEN = Pattern.compile("; (?=[a-z][a-z0-9_.\\[\\]]*: )");

  /** Who knows it from a form knows it from here. */
  private static final Pattern PLAIN_WORD = Pattern.compile("[a-z]+");

  /** What a server says of a mail's code, or of the token in its link, which is one, too. */
  private static final Pattern OF_A_CODE = Pattern.compile("(?:code|token): ");

  /** Characters; more is no sentence any more. */
  private static final int LONGEST = 500;

  private Refusals() {}

  /** In one line, printable. */
  static String words(String detail) {
    var fieldsByFault = new LinkedHashMap<String, List<String>>();
    for (String part : BETWEEN.split(detail, -1)) {
      Matcher fault = OF_A_FIELD.matcher(part);
      if (!fault.matches()) {
        return bounded(Printable.line(detail));
      }
      fieldsByFault.computeIfAbsent(fault.group(2), any -> new ArrayList<>()).add(fault.group(1));
    }
    String said =
        fieldsByFault.entrySet().stream()
            .map(fault -> subject(fault.getValue()) + " " + fault.getKey())
            .collect(Collectors.joining("; "));
    return bounded(
        Printable.line(said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1)));
  }

  /**
   * Of what was done with a mail's code.
   *
   * @param sending the command that has another mail sent, should it be the code that is refused
   */
  static CommandException ofCode(ServerRefusalException refusal, String sending) {
    String words = words(refusal.getMessage());
    return new CommandException(
        Exit.REFUSED,
        OF_A_CODE.matcher(refusal.getMessage()).lookingAt()
            ? words + ". '" + sending + "' has another mail sent."
            : words,
        refusal);
  }

  private static String subject(List<String> fields) {
    return fields.size() == 1 && PLAIN_WORD.matcher(fields.getFirst()).matches()
        ? "the " + fields.getFirst()
        : "it";
  }

  private static String bounded(String words) {
    return words.codePointCount(0, words.length()) > LONGEST
        ? words.substring(0, words.offsetByCodePoints(0, LONGEST)) + "…"
        : words;
  }
}
