package io.quantchat.infra.local.rest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The API's binary media types: which bodies travel as Base64 between gateway and function. */
record MediaTypes(List<String> binary) {

  /** Whether a request's body goes to the function as Base64. */
  boolean isBinaryRequest(Optional<String> contentType) {
    return contentType.map(MediaTypes::bare).filter(this::matches).isPresent();
  }

  /**
   * Whether an answer marked as Base64 is decoded. Only the first type of {@code Accept} counts, as
   * it stands: the answer's own {@code Content-Type} plays no part, and without {@code Accept}
   * nothing is decoded.
   */
  boolean decodesAnswer(Optional<String> accept) {
    return accept
        .map(value -> value.split(",", 2)[0])
        .map(MediaTypes::bare)
        .filter(this::matches)
        .isPresent();
  }

  private boolean matches(String type) {
    return binary.stream()
        .map(entry -> entry.toLowerCase(Locale.ROOT))
        .anyMatch(
            entry ->
                entry.equals(type)
                    || entry.equals("*/*")
                    || (entry.endsWith("/*")
                        && type.startsWith(entry.substring(0, entry.length() - 1))));
  }

  private static String bare(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
