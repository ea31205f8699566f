package io.quantchat.cli.agent;

import io.quantchat.client.json.Json;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SafetyNumber;
import io.quantchat.crypto.SignedBundle;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What goes between programs, as JSON by its type: those of the table, enums by name, records as
 * objects, and optionals, lists, sets and maps of such. What is declared as a wildcard or as an
 * object is a JSON value, and stays as it is.
 */
final class WireValues {

  /** Characters; a JSON reader takes no string of more than some millions. */
  private static final int LONGEST_PART = 1_000_000;

  private static final Map<Class<?>, Codec> CODECS =
      Map.ofEntries(
          Map.entry(Object.class, new Codec(value -> value, json -> json)),
          Map.entry(void.class, new Codec(value -> null, json -> null)),
          Map.entry(boolean.class, new Codec(value -> value, json -> json)),
          Map.entry(Boolean.class, new Codec(value -> value, json -> json)),
          Map.entry(int.class, new Codec(value -> value, json -> ((Number) json).intValue())),
          Map.entry(Integer.class, new Codec(value -> value, json -> ((Number) json).intValue())),
          Map.entry(long.class, new Codec(value -> value, json -> ((Number) json).longValue())),
          Map.entry(Long.class, new Codec(value -> value, json -> ((Number) json).longValue())),
          Map.entry(String.class, new Codec(text -> parts((String) text), WireValues::whole)),
          Map.entry(UUID.class, new Codec(Object::toString, id -> UUID.fromString((String) id))),
          Map.entry(Instant.class, new Codec(Object::toString, at -> Instant.parse((String) at))),
          Map.entry(Path.class, new Codec(Object::toString, path -> Path.of((String) path))),
          Map.entry(Duration.class, new Codec(Object::toString, d -> Duration.parse((String) d))),
          Map.entry(
              byte[].class,
              new Codec(
                  bytes -> parts(Base64.getEncoder().encodeToString((byte[]) bytes)),
                  text -> Base64.getDecoder().decode(whole(text)))),
          Map.entry(OptionalLong.class, new Codec(WireValues::ofLong, WireValues::toLong)),
          Map.entry(OptionalInt.class, new Codec(WireValues::ofInt, WireValues::toInt)),
          Map.entry(
              SafetyNumber.class,
              new Codec(
                  number -> Base64.getEncoder().encodeToString(((SafetyNumber) number).toBytes()),
                  text -> SafetyNumber.fromBytes(Base64.getDecoder().decode((String) text)))),
          Map.entry(
              SignedBundle.class,
              new Codec(
                  bundle -> ((SignedBundle) bundle).toMap(),
                  map -> SignedBundle.fromMap(object(map)))),
          Map.entry(Throwable.class, ofFailures()),
          Map.entry(RuntimeException.class, ofFailures()),
          Map.entry(RefusedException.class, ofFailures()));

  private WireValues() {}

  /** Writes and reads values of one type, none of them null. */
  private record Codec(Function<Object, Object> writer, Function<Object, Object> reader) {}

  private static Codec ofFailures() {
    return new Codec(
        failure -> WireFailures.write((Throwable) failure), map -> WireFailures.read(object(map)));
  }

  /** Whether values of a type can be written and read. */
  static boolean canCarry(Type type) {
    Class<?> raw = raw(type);
    if (CODECS.containsKey(raw) || raw.isEnum()) {
      return true;
    }
    if (raw.isRecord()) {
      return Stream.of(raw.getRecordComponents())
          .allMatch(component -> canCarry(component.getGenericType()));
    }
    if (Map.class.isAssignableFrom(raw)) {
      return argument(type, 0) == String.class && canCarry(argument(type, 1));
    }
    return (raw == Optional.class
            || raw == List.class
            || raw == Set.class
            || raw == Collection.class)
        && canCarry(argument(type, 0));
  }

  /** A value as JSON. */
  static Object write(Object value, Type type) {
    if (value == null) {
      return null;
    }
    Class<?> raw = raw(type);
    if (CODECS.containsKey(raw)) {
      return CODECS.get(raw).writer().apply(value);
    }
    return switch (value) {
      case Optional<?> optional -> optional.map(is -> write(is, argument(type, 0))).orElse(null);
      case Collection<?> all -> {
        var written = new ArrayList<Object>();
        all.forEach(each -> written.add(write(each, argument(type, 0))));
        yield written;
      }
      case Map<?, ?> map -> {
        var written = new LinkedHashMap<String, Object>();
        map.forEach((name, each) -> written.put((String) name, write(each, argument(type, 1))));
        yield written;
      }
      case Enum<?> constant -> constant.name();
      case Record composed -> {
        var written = new LinkedHashMap<String, Object>();
        for (RecordComponent component : raw.getRecordComponents()) {
          Object part = Operations.invoke(component.getAccessor(), composed);
          written.put(component.getName(), write(part, component.getGenericType()));
        }
        yield written;
      }
      default ->
          throw new IllegalArgumentException("No " + raw.getSimpleName() + " can be written");
    };
  }

  /**
   * Reads a value back.
   *
   * @throws IllegalArgumentException or another runtime exception where it isn't of the type
   */
  static Object read(Object json, Type type) {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return Optional.ofNullable(json).map(is -> read(is, argument(type, 0)));
    }
    if (json == null && raw != OptionalLong.class && raw != OptionalInt.class) {
      return null;
    }
    if (CODECS.containsKey(raw)) {
      return CODECS.get(raw).reader().apply(json);
    }
    if (raw.isEnum()) {
      return constant(raw, (String) json);
    }
    if (raw.isRecord()) {
      return composed(raw, object(json));
    }
    if (Map.class.isAssignableFrom(raw)) {
      var read = new LinkedHashMap<String, Object>();
      object(json).forEach((name, each) -> read.put(name, read(each, argument(type, 1))));
      return read;
    }
    var read = new ArrayList<Object>();
    ((List<?>) json).forEach(each -> read.add(read(each, argument(type, 0))));
    return raw == Set.class ? new LinkedHashSet<>(read) : read;
  }

  private static Object constant(Class<?> type, String name) {
    return Stream.of(type.getEnumConstants())
        .filter(each -> ((Enum<?>) each).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no " + type.getSimpleName()));
  }

  private static Object composed(Class<?> type, Map<String, Object> parts) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values =
        Stream.of(components)
            .map(each -> read(parts.get(each.getName()), each.getGenericType()))
            .toArray();
    try {
      Constructor<?> constructor = type.getConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("It is no " + type.getSimpleName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No " + type.getSimpleName() + " can be made", e);
    }
  }

  /** A long text as several. */
  private static Object parts(String text) {
    if (text.length() <= LONGEST_PART) {
      return text;
    }
    var parts = new ArrayList<Object>();
    for (int from = 0; from < text.length(); from += LONGEST_PART) {
      parts.add(text.substring(from, Math.min(text.length(), from + LONGEST_PART)));
    }
    return parts;
  }

  private static String whole(Object json) {
    if (json instanceof String text) {
      return text;
    }
    var text = new StringBuilder();
    ((List<?>) json).forEach(part -> text.append((String) part));
    return text.toString();
  }

  private static Object ofLong(Object value) {
    OptionalLong number = (OptionalLong) value;
    return number.isPresent() ? (Object) number.getAsLong() : null;
  }

  private static Object toLong(Object json) {
    return json == null ? OptionalLong.empty() : OptionalLong.of(((Number) json).longValue());
  }

  private static Object ofInt(Object value) {
    OptionalInt number = (OptionalInt) value;
    return number.isPresent() ? (Object) number.getAsInt() : null;
  }

  private static Object toInt(Object json) {
    return json == null ? OptionalInt.empty() : OptionalInt.of(((Number) json).intValue());
  }

  private static Map<String, Object> object(Object json) {
    return Json.object(json)
        .orElseThrow(() -> new IllegalArgumentException("There must be an object"));
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> itself -> itself;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      case WildcardType any -> Object.class;
      default -> throw new IllegalArgumentException(type + " can't be carried");
    };
  }

  private static Type argument(Type type, int position) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[position]
        : Object.class;
  }
}
