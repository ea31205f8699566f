package io.quantchat.infra.local.rest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The query string, names and values decoded once; {@code &} and {@code ;} both part it. */
final class Query {

  private Query() {}

  /**
   * @param raw what follows the question mark, or null
   * @return all values of each name, in the order sent; empty without a query
   */
  static Map<String, List<String>> parse(String raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (raw == null) {
      return values;
    }
    for (String pair : raw.split("[&;]", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
    }
    return values;
  }

  /**
   * A percent sign that starts no encoding stands for itself; bytes that are no UTF-8 become
   * U+FFFD.
   */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    byte[] sent = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(sent.length);
    for (int i = 0; i < sent.length; i++) {
      int value = sent[i] == '%' && i + 2 < sent.length ? hex(sent[i + 1], sent[i + 2]) : -1;
      if (value >= 0) {
        decoded.write(value);
        i += 2;
      } else {
        decoded.write(sent[i] == '+' ? ' ' : sent[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static int hex(byte high, byte low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : (first << 4) | second;
  }
}
