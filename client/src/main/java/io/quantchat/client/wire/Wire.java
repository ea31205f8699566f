package io.quantchat.client.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The one JSON mapper of what travels. A name twice, or anything after the value, is no JSON. */
public final class Wire {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Wire() {}

  /** Its JSON in UTF-8: the same bytes for the same value. */
  public static byte[] write(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON can be made of it", e);
    }
  }

  /** The value, as maps, lists, strings, numbers and booleans; nothing where it is no JSON. */
  public static Optional<Object> read(String json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, Object.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The object; nothing where it is no JSON object. */
  public static Optional<Map<String, Object>> object(Object value) {
    return value instanceof Map<?, ?>
        ? Optional.of(JSON.convertValue(value, new TypeReference<Map<String, Object>>() {}))
        : Optional.empty();
  }

  /** A member that is a UUID in lower case. */
  public static Optional<UUID> id(Map<String, ?> object, String name) {
    return text(object, name)
        .filter(text -> UUID_FORM.matcher(text).matches())
        .map(UUID::fromString);
  }

  /** A member that is a string. */
  public static Optional<String> text(Map<String, ?> object, String name) {
    return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
