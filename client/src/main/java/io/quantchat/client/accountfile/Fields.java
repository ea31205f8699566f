package io.quantchat.client.accountfile;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.AccountFileException;
import io.quantchat.crypto.Numbers;
import io.quantchat.crypto.RefusedException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The members of a line. What a line must have and hasn't, or has in another form, makes the file
 * {@link Refusals#senseless}.
 *
 * @param line its number, from 1 on
 */
record Fields(long line, Map<String, Object> members) {

  /** What JavaScript holds exactly. */
  static final long LARGEST = (1L << 53) - 1;

  /** The end of the year 9999, milliseconds. */
  private static final long LAST_TIME = 253_402_300_799_999L;

  /** Microseconds. */
  private static final long LAST_PLACE = LAST_TIME * 1_000 + 999;

  AccountFileException senseless() {
    return senseless(null);
  }

  AccountFileException senseless(Throwable cause) {
    return Refusals.senseless(line, cause);
  }

  /** Makes something of the members; what can't be made of them is refused. */
  <T> T made(Supplier<T> making) {
    try {
      return making.get();
    } catch (RefusedException | IllegalArgumentException e) {
      throw senseless(e);
    }
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  String text(String name) {
    return Json.string(members, name).orElseThrow(this::senseless);
  }

  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  UUID id(String name) {
    return Json.id(members, name).orElseThrow(this::senseless);
  }

  /**
   * @param most the highest
   */
  long number(String name, long most) {
    Object value = members.get(name);
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= 0 && number <= most) {
        return number;
      }
    }
    throw senseless();
  }

  Instant time(String name) {
    return Instant.ofEpochMilli(number(name, LAST_TIME));
  }

  Optional<Instant> optionalTime(String name) {
    return has(name) ? Optional.of(time(name)) : Optional.empty();
  }

  long place(String name) {
    return number(name, LAST_PLACE);
  }

  byte[] bytes(String name) {
    String text = text(name);
    byte[] bytes = made(() -> Base64.getDecoder().decode(text));
    // Another spelling of the same bytes isn't taken by the browser's client either.
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw senseless();
    }
    return bytes;
  }

  byte[] bytes(String name, int size) {
    byte[] bytes = bytes(name);
    if (bytes.length != size) {
      throw senseless();
    }
    return bytes;
  }

  Map<String, Object> object(String name) {
    return Json.object(members.get(name)).orElseThrow(this::senseless);
  }

  /** Spans, each from its first to its last number. */
  Numbers numbers(String name) {
    return made(() -> new Numbers(list(name).stream().map(this::span).toList()));
  }

  private Numbers.Span span(Object value) {
    if (value instanceof List<?> ends && ends.size() == 2) {
      var both = new Fields(line, Map.of("first", ends.get(0), "last", ends.get(1)));
      return new Numbers.Span(both.number("first", LARGEST), both.number("last", LARGEST));
    }
    throw senseless();
  }

  /** The objects of a list, which may be absent. */
  List<Fields> objects(String name) {
    return has(name)
        ? list(name).stream()
            .map(each -> new Fields(line, Json.object(each).orElseThrow(this::senseless)))
            .toList()
        : List.of();
  }

  private List<?> list(String name) {
    if (members.get(name) instanceof List<?> list) {
      return list;
    }
    throw senseless();
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "Fields[" + line + "]";
  }
}
