package io.quantchat.client.markdown;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A field's value in one line: a string as it is, where that can't be mistaken; all else as JSON.
 */
final class FieldValue {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private FieldValue() {}

  static String write(Object value) {
    return value instanceof String text && isPlain(text) ? text : json(value);
  }

  /** A value is JSON only where writing it gives the same again: all else is kept as it stands. */
  static Object read(String written) {
    try {
      Object value = JSON.readValue(written, Object.class);
      return value != null && json(value).equals(written) ? value : written;
    } catch (JsonProcessingException e) {
      return written;
    }
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && text.chars().noneMatch(Character::isISOControl)
        && read(text).equals(text);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A detail of a message is no JSON value", e);
    }
  }
}
