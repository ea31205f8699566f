package io.quantchat.infra.database.expression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words that can't be an attribute's name in an expression, in any case.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html">Reserved
 *     words in DynamoDB</a>
 */
final class ReservedWords {

  private static final String LIST = "reserved-words.txt";

  private static final Set<String> WORDS = read();

  private ReservedWords() {}

  static boolean contain(String name) {
    return WORDS.contains(name.toUpperCase(Locale.ROOT));
  }

  static Set<String> all() {
    return WORDS;
  }

  private static Set<String> read() {
    try (InputStream list = ReservedWords.class.getResourceAsStream(LIST)) {
      return new String(list.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
