package io.quantchat.infra.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * The answer of a function behind a proxy integration: five keys and no others, none of them
 * required. What its headers may hold is for each kind of API to say.
 *
 * @param status 200 if the function gave none
 * @param multiValueHeaders empty if the function gave none
 * @param headers empty if the function gave none
 * @param body empty if the function gave none
 * @param base64 whether the body is Base64
 */
public record ProxyAnswer(
    int status, ObjectNode multiValueHeaders, ObjectNode headers, String body, boolean base64) {

  private static final Set<String> KEYS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  /**
   * Reads what a function returned.
   *
   * @throws MalformedAnswer if it is no proxy answer
   */
  public static ProxyAnswer read(byte[] payload) throws MalformedAnswer {
    JsonNode answer = parse(payload);
    if (!answer.isObject()) {
      throw new MalformedAnswer("it is no object");
    }
    for (Map.Entry<String, JsonNode> entry : answer.properties()) {
      if (!KEYS.contains(entry.getKey())) {
        throw new MalformedAnswer("it has a key besides " + KEYS);
      }
    }
    return new ProxyAnswer(
        status(answer.path("statusCode")),
        object(answer, "multiValueHeaders"),
        object(answer, "headers"),
        body(answer.path("body")),
        base64(answer.path("isBase64Encoded")));
  }

  public boolean isSuccess() {
    return status < 300;
  }

  private static JsonNode parse(byte[] payload) throws MalformedAnswer {
    try {
      return Json.MAPPER.readTree(payload);
    } catch (IOException e) {
      throw new MalformedAnswer("it is no JSON");
    }
  }

  /** A number or its text, 200 to 599: anything below would leave the client waiting. */
  private static int status(JsonNode status) throws MalformedAnswer {
    if (status.isMissingNode()) {
      return 200;
    }
    if (!status.isNumber() && !status.isTextual()) {
      throw new MalformedAnswer("statusCode is no number");
    }
    try {
      int value = new BigDecimal(status.asText()).intValueExact();
      if (value < 200 || value > 599) {
        throw new MalformedAnswer("statusCode is outside 200 to 599");
      }
      return value;
    } catch (ArithmeticException | NumberFormatException e) {
      throw new MalformedAnswer("statusCode is no whole number");
    }
  }

  private static ObjectNode object(JsonNode answer, String key) throws MalformedAnswer {
    return switch (answer.path(key)) {
      case ObjectNode object -> object;
      case JsonNode none when isNone(none) -> JsonNodeFactory.instance.objectNode();
      default -> throw new MalformedAnswer(key + " is no object");
    };
  }

  private static String body(JsonNode body) throws MalformedAnswer {
    if (isNone(body)) {
      return "";
    }
    if (!body.isTextual()) {
      throw new MalformedAnswer("body is no string");
    }
    return body.textValue();
  }

  private static boolean base64(JsonNode base64) throws MalformedAnswer {
    if (isNone(base64)) {
      return false;
    }
    if (!base64.isBoolean()) {
      throw new MalformedAnswer("isBase64Encoded is no boolean");
    }
    return base64.booleanValue();
  }

  private static boolean isNone(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
