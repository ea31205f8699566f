package io.quantchat.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Ids;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a JSON object that somebody sent. Every fault is collected, so that the answer
 * names all of them at once: read the fields, then {@link #check}, and only then use what was read.
 *
 * <p>A field that is {@code null} counts as absent. Lengths are in Unicode code points.
 */
public final class Fields {

  private final JsonNode object;
  private final String prefix;
  private final List<Problem.FieldError> errors;

  /** The fields of this object. */
  public Fields(JsonNode object) {
    this(object, "", new ArrayList<>());
  }

  private Fields(JsonNode object, String prefix, List<Problem.FieldError> errors) {
    this.object = object;
    this.prefix = prefix;
    this.errors = errors;
  }

  /** Whether the field is there, even as {@code null}. */
  public boolean mentions(String name) {
    return object.has(name);
  }

  /** The field's value as it came, unless it is absent or {@code null}. */
  public Optional<JsonNode> value(String name) {
    JsonNode node = object.get(name);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  /** A required string. */
  public String text(String name, int min, int max) {
    return required(name, optionalText(name, min, max)).orElse("");
  }

  /** A string that may be absent. */
  public Optional<String> optionalText(String name, int min, int max) {
    return value(name).flatMap(node -> textOf(name, node, min, max));
  }

  /** A required id. */
  public String id(String name) {
    return required(name, optionalId(name)).orElse("");
  }

  /** An id that may be absent. */
  public Optional<String> optionalId(String name) {
    return value(name).flatMap(node -> idOf(name, node));
  }

  /** A required list of 1 to {@code max} ids; a repeated one counts once. */
  public List<String> ids(String name, int max) {
    Optional<JsonNode> node = required(name, value(name));
    if (node.isEmpty()) {
      return List.of();
    }
    if (!node.get().isArray() || node.get().isEmpty() || node.get().size() > max) {
      reject(name, "must be a list of 1 to " + max + " ids");
      return List.of();
    }
    var ids = new LinkedHashSet<String>();
    for (JsonNode element : node.get()) {
      Optional<String> id = idOf(name, element);
      if (id.isEmpty()) {
        return List.of();
      }
      ids.add(id.get());
    }
    return List.copyOf(ids);
  }

  /**
   * A list of at most {@code max} objects; an absent one is empty. What is wrong with a field of
   * one is noted here too, under a name such as {@code public_keys[0].key_id}.
   */
  public List<Fields> objects(String name, int max) {
    Optional<JsonNode> node = value(name);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!node.get().isArray() || node.get().size() > max) {
      reject(name, "must be a list of at most " + max + " objects");
      return List.of();
    }
    var objects = new ArrayList<Fields>();
    for (JsonNode element : node.get()) {
      String place = name + "[" + objects.size() + "]";
      if (!element.isObject()) {
        reject(place, "must be an object");
        return List.of();
      }
      objects.add(new Fields(element, prefix + place + ".", errors));
    }
    return objects;
  }

  /** A required boolean. */
  public boolean flag(String name) {
    return required(name, optionalFlag(name)).orElse(false);
  }

  /** A boolean that may be absent. */
  public Optional<Boolean> optionalFlag(String name) {
    return value(name)
        .flatMap(
            node -> {
              if (!node.isBoolean()) {
                reject(name, "must be true or false");
                return Optional.empty();
              }
              return Optional.of(node.booleanValue());
            });
  }

  /** Notes what is wrong with a field. */
  public void reject(String name, String detail) {
    errors.add(new Problem.FieldError(prefix + name, detail));
  }

  /** Notes what is wrong with a field, and what that is for programs. */
  public void reject(String name, String detail, Problem.Code code) {
    errors.add(new Problem.FieldError(prefix + name, detail, Optional.of(code)));
  }

  /** Whether nothing is wrong with this field so far. */
  public boolean accepts(String name) {
    return errors.stream().noneMatch(error -> error.field().equals(prefix + name));
  }

  /**
   * Ends the reading.
   *
   * @throws Problem of kind INVALID if anything was wrong
   */
  public void check() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private <T> Optional<T> required(String name, Optional<T> value) {
    if (value.isEmpty() && accepts(name)) {
      reject(name, "is required");
    }
    return value;
  }

  private Optional<String> textOf(String name, JsonNode node, int min, int max) {
    if (!node.isTextual()) {
      reject(name, "must be a string");
      return Optional.empty();
    }
    String text = node.textValue();
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      reject(name, "must be " + min + " to " + max + " characters long");
      return Optional.empty();
    }
    if (hasLoneSurrogate(text)) {
      reject(name, "must be Unicode text: it holds half of a surrogate pair");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private Optional<String> idOf(String name, JsonNode node) {
    Optional<String> id = node.isTextual() ? Ids.parse(node.textValue()) : Optional.empty();
    if (id.isEmpty()) {
      reject(name, "must be a UUID, such as 89a4ce85-c0ee-47f4-aa19-e381e9da010e");
    }
    return id;
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }
}
