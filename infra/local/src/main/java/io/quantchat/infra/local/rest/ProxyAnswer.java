package io.quantchat.infra.local.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.local.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a function may return: five keys and no others, none of them required.
 *
 * @param headers as they go out
 * @param body empty if the function gave none
 * @param base64 whether the body is Base64
 */
record ProxyAnswer(int status, List<HeaderLine> headers, String body, boolean base64) {

  private static final Set<String> KEYS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  static ProxyAnswer read(byte[] payload) throws MalformedAnswer {
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
        AnswerHeaders.read(answer.path("multiValueHeaders"), answer.path("headers")),
        body(answer.path("body")),
        base64(answer.path("isBase64Encoded")));
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

  private static String body(JsonNode body) throws MalformedAnswer {
    if (body.isMissingNode() || body.isNull()) {
      return "";
    }
    if (!body.isTextual()) {
      throw new MalformedAnswer("body is no string");
    }
    return body.textValue();
  }

  private static boolean base64(JsonNode base64) throws MalformedAnswer {
    if (base64.isMissingNode() || base64.isNull()) {
      return false;
    }
    if (!base64.isBoolean()) {
      throw new MalformedAnswer("isBase64Encoded is no boolean");
    }
    return base64.booleanValue();
  }
}
