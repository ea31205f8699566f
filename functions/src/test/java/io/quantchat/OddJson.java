package io.quantchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes of good JSON what only an error or ill will sends. */
final class OddJson {

  /** What may stand in the place of a value: JSON that is odd, or that is none. */
  private static final List<String> VALUES =
      List.of(
          "1e99999999999",
          "-1E-99999999999",
          "1e2147483647",
          "1e-2147483648",
          "1e2147483648",
          "1e99999",
          "-0",
          "-0.0",
          "00",
          "9".repeat(64),
          "9".repeat(65),
          "9".repeat(5000),
          "-" + "9".repeat(40),
          "0." + "0".repeat(5000) + "1",
          "9223372036854775808",
          "1.0",
          "NaN",
          "-Infinity",
          "0x10",
          "null",
          "true",
          "[]",
          "{}",
          "[null]",
          "{\"\":null}",
          "[".repeat(31) + "]".repeat(31),
          "[".repeat(10_000),
          "[".repeat(10_000) + "]".repeat(10_000),
          "{\"a\":".repeat(10_000),
          "{\"a\":1,\"a\":2}",
          "{\"\\ud800\":1}",
          "{\"" + "n".repeat(60_000) + "\":1}",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ud83d\\ude00\"",
          "\"\\x\"",
          "\"\\u12\"",
          "\"\0\"",
          "\"\n\"",
          "\"\uD800\"",
          "\"\uFEFF\"",
          "\"\uFFFD\"",
          "\"\u202E\"",
          "\"" + "\uFDFA".repeat(4000) + "\"",
          "\"" + "a".repeat(40_000) + "\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "\"ffffffff-ffff-7fff-bfff-ffffffffffff\"",
          "\"89A4CE85-C0EE-47F4-AA19-E381E9DA010E\"",
          "\"+1000000000-12-31T23:59:59.999999999Z\"",
          "\"-999999999-01-01T00:00:00+18:00\"",
          "\"AAAA\"",
          "\"A===\"",
          "");

  /** What may get between the characters of a text. */
  private static final List<String> SCRAPS =
      List.of(
          "\0",
          "\uFEFF",
          "\uFFFD",
          "\uD800",
          "\uDC00",
          "\\",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "/*",
          "//",
          "#",
          "'",
          "e",
          "-",
          "\u2028",
          " ",
          "\r\n",
          "\t",
          "1e9999999999",
          "null");

  /** Stands for what isn't JSON while the rest is a tree. */
  private static final String PLACE = "@odd@";

  private final Random random;

  OddJson(Random random) {
    this.random = random;
  }

  /** A text that is odd in one way or more, or whole. */
  String of(JsonNode good) {
    JsonNode tree = good.deepCopy();
    int odd = random.nextInt(4);
    for (int i = 0; i < odd; i++) {
      change(tree);
    }
    var text = new StringBuilder(tree.toString());
    for (int at; (at = text.indexOf("\"" + PLACE + "\"")) >= 0; ) {
      text.replace(at, at + PLACE.length() + 2, oneOf(VALUES));
    }
    return random.nextInt(4) == 0 ? torn(text) : text.toString();
  }

  /** An odd value alone. */
  String value() {
    return oneOf(VALUES);
  }

  private String torn(StringBuilder text) {
    switch (random.nextInt(4)) {
      case 0 -> text.setLength(random.nextInt(text.length() + 1));
      case 1 -> text.insert(0, oneOf(SCRAPS));
      case 2 -> text.append(oneOf(SCRAPS));
      default -> text.insert(random.nextInt(text.length() + 1), oneOf(SCRAPS));
    }
    return text.toString();
  }

  private void change(JsonNode tree) {
    var places = new ArrayList<Runnable>();
    collect(tree, places);
    if (!places.isEmpty()) {
      places.get(random.nextInt(places.size())).run();
    }
  }

  private void collect(JsonNode node, List<Runnable> places) {
    if (node instanceof ObjectNode object) {
      for (var member : object.properties()) {
        places.add(() -> object.put(member.getKey(), PLACE));
        places.add(() -> object.remove(member.getKey()));
        collect(member.getValue(), places);
      }
      places.add(() -> object.put("n".repeat(random.nextInt(70_000)), PLACE));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        places.add(() -> array.set(at, array.textNode(PLACE)));
        collect(array.get(i), places);
      }
      places.add(() -> array.addAll(array.deepCopy()));
    }
  }

  <T> T oneOf(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
