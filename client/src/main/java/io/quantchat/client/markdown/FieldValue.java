package io.quantchat.client.markdown;

import io.quantchat.client.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field's value in ASCII: a string as it is, where that can't be mistaken; short JSON; all else
 * as base64url of JSON, which nothing that is done to texts changes.
 */
final class FieldValue {

  /** Before values that aren't readable as they are. */
  static final String ENCODED = "base64:";

  /** Characters; with its name it stays in one line of a mail. */
  private static final int LONGEST_PLAIN = 48;

  /** Characters of a field's value that is read. */
  private static final int LONGEST = 4 * 1024 * 1024;

  /** Levels: a store keeps what is as deep as that, and no more is of use. */
  private static final int DEEPEST = 64;

  private FieldValue() {}

  static String write(Object value) {
    if (value instanceof String text && isPlain(text)) {
      return text;
    }
    if (value instanceof Number || value instanceof Boolean) {
      String json = Json.ascii(value);
      if (json.length() <= LONGEST_PLAIN && SteadyText.is(json) && readPlain(json).equals(value)) {
        return json;
      }
    }
    return encoded(Collections.singletonList(value));
  }

  /** Several values as one. */
  static String encoded(List<?> values) {
    return ENCODED
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Json.ascii(values).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A value, as it was; it may be null.
   *
   * @throws IllegalArgumentException where it can't be decoded, or is too long or too deep
   */
  static Object read(String written) {
    return written.startsWith(ENCODED) ? decoded(written, 1).getFirst() : readPlain(written);
  }

  /**
   * Values, as they were.
   *
   * @param count how many there must be
   * @throws IllegalArgumentException where there aren't
   */
  static List<?> decoded(String written, int count) {
    bound(written);
    Object values = shallow(json(written).flatMap(Json::read).orElse(List.of()));
    if (values instanceof List<?> list && list.size() == count) {
      return list;
    }
    throw new IllegalArgumentException("a field's value can't be decoded");
  }

  private static Optional<String> json(String written) {
    if (!written.startsWith(ENCODED)) {
      return Optional.empty();
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(written.substring(ENCODED.length()));
      return Optional.of(new String(json, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /** A value is JSON only where writing it gives the same again: all else is kept as it stands. */
  static Object readPlain(String written) {
    bound(written);
    return Json.read(written)
        .filter(value -> shallow(value).equals(value) && Json.text(value).equals(written))
        .orElse(written);
  }

  private static void bound(String written) {
    if (written.length() > LONGEST) {
      throw new IllegalArgumentException("a field's value is too long");
    }
  }

  /** The text that an exact value holds; nothing where it holds none any more. */
  static Optional<String> readText(String written) {
    try {
      return written.startsWith(ENCODED) && read(written) instanceof String text
          ? Optional.of(text)
          : Optional.empty();
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static Object shallow(Object value) {
    if (depth(value) > DEEPEST) {
      throw new IllegalArgumentException("a field's value has too many levels");
    }
    return value;
  }

  private static int depth(Object value) {
    Collection<?> within =
        switch (value) {
          case Map<?, ?> object -> object.values();
          case Collection<?> array -> array;
          case null, default -> null;
        };
    return within == null ? 0 : 1 + within.stream().mapToInt(FieldValue::depth).max().orElse(0);
  }

  private static boolean isPlain(String text) {
    return text.length() <= LONGEST_PLAIN
        && text.chars().allMatch(unit -> unit >= ' ' && unit < 0x7f)
        && SteadyText.is(text)
        && !text.startsWith(ENCODED)
        && readPlain(text).equals(text);
  }
}
