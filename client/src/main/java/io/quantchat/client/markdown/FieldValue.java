package io.quantchat.client.markdown;

import io.quantchat.client.json.Json;

/**
 * A field's value in one line: a string as it is, where that can't be mistaken; all else as JSON.
 */
final class FieldValue {

  private FieldValue() {}

  static String write(Object value) {
    return value instanceof String text && isPlain(text) ? text : Json.text(value);
  }

  /** A value is JSON only where writing it gives the same again: all else is kept as it stands. */
  static Object read(String written) {
    return Json.read(written).filter(value -> Json.text(value).equals(written)).orElse(written);
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && text.chars().noneMatch(Character::isISOControl)
        && read(text).equals(text);
  }
}
