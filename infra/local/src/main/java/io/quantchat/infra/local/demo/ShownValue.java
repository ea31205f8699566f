package io.quantchat.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Map;

/** An attribute's type and value in one line, however long the value is. */
final class ShownValue {

  private static final int LONGEST = 60;

  private ShownValue() {}

  /**
   * @param typed such as {@code {"S": "text"}}
   */
  static String of(JsonNode typed, Look look) {
    Map.Entry<String, JsonNode> value = typed.properties().iterator().next();
    String type = value.getKey();
    String shown =
        switch (type) {
          case "B" -> bytes(Base64.getDecoder().decode(value.getValue().asText()), look);
          case "S", "N" -> shortened(value.getValue().asText(), look);
          default -> shortened(value.getValue().toString(), look);
        };
    return type + "  " + shown;
  }

  /** Bytes as text where they are printable: what the relay holds is what the sender sent. */
  private static String bytes(byte[] bytes, Look look) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      text.append(each >= ' ' && each < 0x7F ? String.valueOf((char) each) : look.dot());
    }
    return shortened(text.toString(), look) + look.faint("  (" + bytes.length + " bytes)");
  }

  private static String shortened(String text, Look look) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST - 9) + look.ellipsis() + text.substring(text.length() - 8);
  }
}
