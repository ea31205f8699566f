package io.quantchat.auth;

import io.quantchat.http.Fields;
import io.quantchat.http.RestRequest;
import java.util.Optional;

/**
 * What a program that logs in calls itself, so that its owner knows it again in the list of
 * sessions: the field {@code client_name}, or else the header {@code User-Agent}. Whoever logs in
 * chooses it, so nothing is decided by it, and it holds only what shows as it is.
 */
final class ClientName {

  static final String FIELD = "client_name";

  /** Characters (code points). A browser's header has some 120. */
  static final int LONGEST = 160;

  private ClientName() {}

  /** The name in a request's body, or else in its header. */
  static Optional<String> of(Fields fields, RestRequest request) {
    return fields.optionalText(FIELD, 0, LONGEST).flatMap(ClientName::shown).or(() -> of(request));
  }

  /** The name in a request's header. */
  static Optional<String> of(RestRequest request) {
    return request.header("User-Agent").flatMap(ClientName::shown);
  }

  /** The text without what shows as nothing or turns what stands around it, cut to the longest. */
  static Optional<String> shown(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .map(point -> Character.isWhitespace(point) || Character.isSpaceChar(point) ? ' ' : point)
        .filter(ClientName::isShown)
        .limit(LONGEST)
        .forEach(shown::appendCodePoint);
    String name = shown.toString().strip();
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
