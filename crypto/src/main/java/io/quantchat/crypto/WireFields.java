package io.quantchat.crypto;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads a JSON object that some library has made a map of. A field of {@code null} is absent;
 * fields that nobody asks for are tolerated. Every refusal names the field's path, never its value.
 */
final class WireFields {

  /** The largest whole number that every JSON library keeps (RFC 8259 §6). */
  static final long LARGEST_NUMBER = (1L << 53) - 1;

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final String path;
  private final Map<String, Object> fields = new HashMap<>();

  private WireFields(String path, Map<?, ?> object) {
    this.path = path;
    object.forEach(
        (name, value) -> {
          if (name instanceof String text && value != null) {
            fields.put(text, value);
          }
        });
  }

  static WireFields of(Map<String, ?> object) {
    return of("", object);
  }

  /**
   * @param path what stands before each name in a refusal
   */
  static WireFields of(String path, Map<String, ?> object) {
    return new WireFields(path, object);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) {
    return required(name, String.class);
  }

  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** A UUID in lower case. */
  UUID id(String name) {
    return id(path + name, text(name));
  }

  /** UUIDs, each once. */
  List<UUID> ids(String name, int most) {
    List<String> texts = texts(name, most);
    RefusedException.require(
        texts.stream().distinct().count() == texts.size(), Refusal.MALFORMED, path + name);
    return texts.stream().map(text -> id(path + name, text)).toList();
  }

  private static UUID id(String field, String text) {
    RefusedException.require(UUID_FORM.matcher(text).matches(), Refusal.MALFORMED, field);
    return UUID.fromString(text);
  }

  KeyId keyId(String name) {
    try {
      return new KeyId(text(name));
    } catch (RefusedException malformed) {
      throw new RefusedException(malformed.refusal(), path + name);
    }
  }

  /** RFC 3339 in its one spelling here: UTC, milliseconds, {@code Z}. */
  Instant time(String name) {
    return WireTime.parse(path + name, text(name));
  }

  /** A whole number from 0 to {@link #LARGEST_NUMBER}. */
  long number(String name) {
    Object value = required(name, Object.class);
    boolean whole = value instanceof Integer || value instanceof Long;
    RefusedException.require(whole, Refusal.MALFORMED, path + name);
    long number = ((Number) value).longValue();
    RefusedException.require(
        number >= 0 && number <= LARGEST_NUMBER, Refusal.MALFORMED, path + name);
    return number;
  }

  /** Base64 of so many bytes each. */
  List<byte[]> allBytes(String name, int most, int size) {
    var all = new ArrayList<byte[]>();
    for (String text : texts(name, most)) {
      all.add(decoded(path + name + "[" + all.size() + "]", text, size, size));
    }
    return List.copyOf(all);
  }

  byte[] bytes(String name, int size) {
    return bytes(name, size, size);
  }

  /** Base64 of a number of bytes within bounds. */
  byte[] bytes(String name, int least, int most) {
    return decoded(path + name, text(name), least, most);
  }

  /** The text's length is looked at first: what is too long isn't decoded. */
  private static byte[] decoded(String field, String text, int least, int most) {
    RefusedException.requireSize(field, text.length(), base64Length(least), base64Length(most));
    byte[] bytes = Base64Text.decode(field, text);
    RefusedException.requireSize(field, bytes.length, least, most);
    return bytes;
  }

  WireFields object(String name) {
    return new WireFields(path + name + ".", required(name, Map.class));
  }

  List<WireFields> objects(String name, int most) {
    var objects = new ArrayList<WireFields>();
    for (Object element : list(name, most)) {
      String elementPath = path + name + "[" + objects.size() + "]";
      if (!(element instanceof Map<?, ?> object)) {
        throw new RefusedException(Refusal.MALFORMED, elementPath);
      }
      objects.add(new WireFields(elementPath + ".", object));
    }
    return List.copyOf(objects);
  }

  List<String> texts(String name, int most) {
    var texts = new ArrayList<String>();
    for (Object element : list(name, most)) {
      if (!(element instanceof String text)) {
        throw new RefusedException(Refusal.MALFORMED, path + name + "[" + texts.size() + "]");
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  List<?> list(String name, int most) {
    List<?> list = required(name, List.class);
    RefusedException.require(list.size() <= most, Refusal.EXTENDED, path + name);
    return list;
  }

  /** The name of the field in a refusal. */
  String pathOf(String name) {
    return path + name;
  }

  private <T> T required(String name, Class<T> type) {
    Object value = fields.get(name);
    RefusedException.require(value != null, Refusal.MISSING, path + name);
    RefusedException.require(type.isInstance(value), Refusal.MALFORMED, path + name);
    return type.cast(value);
  }

  private static int base64Length(int bytes) {
    return (bytes + 2) / 3 * 4;
  }
}
