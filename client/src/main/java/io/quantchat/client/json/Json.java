package io.quantchat.client.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.quantchat.client.model.BrokenTextException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads and writes JSON as maps, lists, strings, numbers, booleans and null. A name twice, or
 * anything after the value, is no JSON. Jackson's data binding isn't used: to load it takes a
 * quarter of a second, which a command that lasts one can't spare.
 */
public final class Json {

  private static final JsonFactory PLAIN =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JsonFactory ASCII =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Json() {}

  /**
   * A value's JSON in UTF-8: the same bytes for the same value. Half of a surrogate pair, which
   * somebody else may have sent, is written as its escape and read again as it was; what this
   * program itself sends goes through {@link #whole} before.
   *
   * @throws IllegalArgumentException for what is no JSON value
   */
  public static byte[] write(Object value) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = PLAIN.createGenerator(bytes, JsonEncoding.UTF8)) {
      write(value, generator);
    } catch (IOException e) {
      throw notWritten(e);
    }
    return bytes.toByteArray();
  }

  /**
   * A value's JSON as text.
   *
   * @throws IllegalArgumentException for what is no JSON value
   */
  public static String text(Object value) {
    return text(value, PLAIN);
  }

  /** The same in ASCII alone. */
  public static String ascii(Object value) {
    return text(value, ASCII);
  }

  /**
   * The value itself, as long as all its texts are: whoever gets it reads what was written.
   *
   * @throws BrokenTextException for a text or a name with half of a character in it
   */
  public static <T> T whole(T value) {
    switch (value) {
      case String text -> BrokenTextException.requireWhole(text);
      case Map<?, ?> object -> {
        object.keySet().forEach(Json::whole);
        object.values().forEach(Json::whole);
      }
      case Iterable<?> array -> array.forEach(Json::whole);
      case null, default -> {}
    }
    return value;
  }

  private static String text(Object value, JsonFactory factory) {
    var text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      write(value, generator);
    } catch (IOException e) {
      throw notWritten(e);
    }
    return text.toString();
  }

  private static IllegalArgumentException notWritten(IOException cause) {
    return new IllegalArgumentException("No JSON can be made of it", cause);
  }

  private static void write(Object value, JsonGenerator to) throws IOException {
    switch (value) {
      case null -> to.writeNull();
      case String text -> to.writeString(text);
      case Boolean truth -> to.writeBoolean(truth);
      case Integer number -> to.writeNumber(number);
      case Long number -> to.writeNumber(number);
      case BigInteger number -> to.writeNumber(number);
      case Double number -> to.writeNumber(number);
      case BigDecimal number -> to.writeNumber(number);
      case Map<?, ?> object -> {
        to.writeStartObject();
        for (Map.Entry<?, ?> member : object.entrySet()) {
          to.writeFieldName((String) member.getKey());
          write(member.getValue(), to);
        }
        to.writeEndObject();
      }
      case Iterable<?> array -> {
        to.writeStartArray();
        for (Object element : array) {
          write(element, to);
        }
        to.writeEndArray();
      }
      default -> throw new IllegalArgumentException("No JSON can be made of it");
    }
  }

  /** Reads a value; nothing where it is null, or no JSON. */
  public static Optional<Object> read(String json) {
    try (JsonParser parser = PLAIN.createParser(json)) {
      parser.nextToken();
      Object value = value(parser);
      return parser.nextToken() == null ? Optional.ofNullable(value) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value that begins with the parser's token; the parser is then at its last. */
  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var object = new LinkedHashMap<String, Object>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        var array = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new JsonParseException(parser, "There is no value");
    };
  }

  /** A value that is an object; nothing where it is something else. */
  @SuppressWarnings("unchecked") // As value() made it: the names of JSON's objects are strings.
  public static Optional<Map<String, Object>> object(Object value) {
    return value instanceof Map<?, ?> object
        ? Optional.of((Map<String, Object>) object)
        : Optional.empty();
  }

  /** The objects of a value that is an array; what else is in it is passed over. */
  public static List<Map<String, Object>> objects(Object value) {
    return value instanceof List<?> list
        ? list.stream().flatMap(element -> object(element).stream()).toList()
        : List.of();
  }

  /** A member that is a UUID in lower case. */
  public static Optional<UUID> id(Map<String, ?> object, String name) {
    return string(object, name)
        .filter(text -> UUID_FORM.matcher(text).matches())
        .map(UUID::fromString);
  }

  /** A member that is a string. */
  public static Optional<String> string(Map<String, ?> object, String name) {
    return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
