package io.quantchat.infra.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for what is too short for a {@link TextSearch}: words as they are in any case, in base64 at
 * any of the three offsets, or in hex; and numbers in digits, where they stand alone.
 */
final class WordSearch implements Search {

  /** As long as to be no accident in base64: 6 of its characters at the worst offset. */
  private static final int LEAST = 8;

  /** No part of a longer number, nor of base64, hex or a version. */
  private static final String NUMBER = "(?<![0-9A-Za-z+/_.-])%d(?![0-9A-Za-z+/_=-])";

  private static final String NOTHING = "(?!)";

  private final Pattern plain;
  private final Pattern encoded;
  private final Pattern numbers;

  /**
   * @throws IllegalArgumentException for a word that is too short to be looked for
   */
  WordSearch(Collection<String> words, Collection<Long> numbers) {
    var encodings = new ArrayList<String>();
    for (String word : words) {
      if (word.length() < LEAST) {
        throw new IllegalArgumentException("A word has at least " + LEAST + " characters here");
      }
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      encodings.add(HexFormat.of().formatHex(bytes));
      encodings.add(HexFormat.of().withUpperCase().formatHex(bytes));
      for (String base64 : TextSearch.inBase64(bytes)) {
        encodings.add(base64);
        encodings.add(base64.replace('+', '-').replace('/', '_'));
      }
    }
    this.plain = Pattern.compile(anyOf(words), Pattern.CASE_INSENSITIVE);
    this.encoded = Pattern.compile(anyOf(encodings));
    this.numbers =
        Pattern.compile(
            numbers.isEmpty()
                ? NOTHING
                : numbers.stream().map(NUMBER::formatted).collect(Collectors.joining("|")));
  }

  @Override
  public Optional<String> find(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (plain.matcher(text).find()) {
      return Optional.of("as it is");
    }
    if (encoded.matcher(text).find()) {
      return Optional.of("in base64 or hex");
    }
    return numbers.matcher(text).find() ? Optional.of("as a number") : Optional.empty();
  }

  private static String anyOf(Collection<String> words) {
    return words.isEmpty()
        ? NOTHING
        : words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
  }
}
