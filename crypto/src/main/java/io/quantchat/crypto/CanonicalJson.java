package io.quantchat.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in its one canonical spelling (RFC 8785): no white space, members sorted by the UTF-16 of
 * their names, as few escapes as there can be. Numbers are whole, from 0 to 2^53 - 1.
 */
final class CanonicalJson {

  /** Objects and lists within one another: more is nobody's, and would fill the stack. */
  private static final int DEEPEST = 8;

  private final String json;
  private final String field;
  private int at;

  private CanonicalJson(String json, String field) {
    this.json = json;
    this.field = field;
  }

  /**
   * @throws RefusedException MALFORMED for a text with half a surrogate pair
   */
  static byte[] write(Map<String, ?> object) {
    var text = new StringBuilder();
    write(object, text);
    return utf8(text, "content");
  }

  /**
   * @param field what a refusal names
   * @throws RefusedException MALFORMED for what {@link #write} never gives
   */
  static Map<String, Object> read(byte[] bytes, String field) {
    var reader = new CanonicalJson(text(bytes, field), field);
    if (!(reader.value(0) instanceof Map<?, ?> object)) {
      throw reader.malformed();
    }
    var named = new TreeMap<String, Object>();
    object.forEach((name, value) -> named.put((String) name, value));
    RefusedException.require(Arrays.equals(write(named), bytes), Refusal.MALFORMED, field);
    return named;
  }

  /**
   * @throws RefusedException MALFORMED for what is no UTF-8
   */
  static String text(byte[] bytes, String field) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException(Refusal.MALFORMED, field);
    }
  }

  /**
   * @throws RefusedException MALFORMED for half a surrogate pair
   */
  static byte[] utf8(CharSequence text, String field) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      var exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new RefusedException(Refusal.MALFORMED, field);
    }
  }

  private static void write(Object value, StringBuilder to) {
    switch (value) {
      case Map<?, ?> object -> {
        var sorted = new TreeMap<String, Object>();
        object.forEach((name, member) -> sorted.put((String) name, member));
        char before = '{';
        to.append(sorted.isEmpty() ? "{" : "");
        for (Map.Entry<String, Object> member : sorted.entrySet()) {
          to.append(before);
          writeString(member.getKey(), to);
          to.append(':');
          write(member.getValue(), to);
          before = ',';
        }
        to.append('}');
      }
      case List<?> list -> {
        to.append('[');
        for (int i = 0; i < list.size(); i++) {
          to.append(i == 0 ? "" : ",");
          write(list.get(i), to);
        }
        to.append(']');
      }
      case String text -> writeString(text, to);
      case Long number -> to.append(number.longValue());
      case Boolean truth -> to.append(truth.booleanValue());
      default -> throw new IllegalArgumentException("No canonical JSON can be made of it");
    }
  }

  private static void writeString(String text, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\b' -> to.append("\\b");
        case '\t' -> to.append("\\t");
        case '\n' -> to.append("\\n");
        case '\f' -> to.append("\\f");
        case '\r' -> to.append("\\r");
        default -> {
          if (character < ' ') {
            to.append("\\u00").append(character < 16 ? "0" : "1");
            to.append(Character.forDigit(character % 16, 16));
          } else {
            to.append(character);
          }
        }
      }
    }
    to.append('"');
  }

  /** A value; that nothing follows, and that it is canonical, the comparison in the end shows. */
  private Object value(int depth) {
    RefusedException.require(depth <= DEEPEST, Refusal.MALFORMED, field);
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    var object = new TreeMap<String, Object>();
    at++;
    while (peek() != '}') {
      String name = string();
      take(':');
      RefusedException.require(
          object.put(name, value(depth + 1)) == null, Refusal.MALFORMED, field);
      if (peek() != '}') {
        take(',');
      }
    }
    at++;
    return object;
  }

  private List<Object> list(int depth) {
    var list = new ArrayList<>();
    at++;
    while (peek() != ']') {
      list.add(value(depth + 1));
      if (peek() != ']') {
        take(',');
      }
    }
    at++;
    return list;
  }

  private String string() {
    take('"');
    var text = new StringBuilder();
    while (peek() != '"') {
      char character = json.charAt(at++);
      text.append(character == '\\' ? escaped() : character);
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    char kind = peek();
    at++;
    return switch (kind) {
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case '"', '\\' -> kind;
      case 'u' -> {
        RefusedException.require(at + 4 <= json.length(), Refusal.MALFORMED, field);
        int code = 0;
        for (int end = at + 4; at < end; at++) {
          int digit = Character.digit(json.charAt(at), 16);
          RefusedException.require(digit >= 0, Refusal.MALFORMED, field);
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> throw malformed();
    };
  }

  private Boolean word(String word, boolean meaning) {
    RefusedException.require(json.startsWith(word, at), Refusal.MALFORMED, field);
    at += word.length();
    return meaning;
  }

  private Long number() {
    long number = 0;
    int from = at;
    while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
      number = number * 10 + json.charAt(at) - '0';
      RefusedException.require(number <= WireFields.LARGEST_NUMBER, Refusal.MALFORMED, field);
      at++;
    }
    RefusedException.require(at > from, Refusal.MALFORMED, field);
    return number;
  }

  private char peek() {
    RefusedException.require(at < json.length(), Refusal.MALFORMED, field);
    return json.charAt(at);
  }

  private void take(char expected) {
    RefusedException.require(peek() == expected, Refusal.MALFORMED, field);
    at++;
  }

  private RefusedException malformed() {
    return new RefusedException(Refusal.MALFORMED, field);
  }
}
