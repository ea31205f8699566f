package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.local.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What a function behind a proxy integration returned.
 *
 * @param statusCode 200 if the function gave none
 * @param body the text, if any
 * @param subprotocol what it returned as {@code Sec-WebSocket-Protocol}, if anything
 */
record ProxyAnswer(int statusCode, Optional<String> body, Optional<String> subprotocol) {

  private static final Set<String> KEYS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

  /**
   * Nothing if the answer is malformed: no object, an unknown key, a value of a wrong type, a
   * status below 200, which would leave a client waiting for another.
   */
  static Optional<ProxyAnswer> parse(byte[] payload) {
    JsonNode answer;
    try {
      answer = Json.MAPPER.readTree(payload);
    } catch (IOException _) {
      return Optional.empty();
    }
    if (!answer.isObject() || !answer.propertyStream().allMatch(p -> KEYS.contains(p.getKey()))) {
      return Optional.empty();
    }
    int status = status(answer.path("statusCode"));
    JsonNode body = answer.path("body");
    boolean wellFormed =
        status >= 200
            && status <= 599
            && (body.isTextual() || isNone(body))
            && isObjectOrNone(answer.path("headers"))
            && isObjectOrNone(answer.path("multiValueHeaders"));
    if (!wellFormed) {
      return Optional.empty();
    }
    return Optional.of(
        new ProxyAnswer(
            status, Optional.ofNullable(body.textValue()), Optional.ofNullable(protocol(answer))));
  }

  boolean isSuccess() {
    return statusCode >= 200 && statusCode < 300;
  }

  private static int status(JsonNode status) {
    if (status.isMissingNode()) {
      return 200;
    }
    return status.isInt() || status.isTextual() ? status.asInt(0) : 0;
  }

  private static boolean isNone(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static boolean isObjectOrNone(JsonNode node) {
    return node.isObject() || isNone(node);
  }

  private static String protocol(JsonNode answer) {
    String found = null;
    for (String headers : new String[] {"multiValueHeaders", "headers"}) {
      for (var header : answer.path(headers).properties()) {
        if (header.getKey().equalsIgnoreCase(SUBPROTOCOL)) {
          JsonNode value =
              header.getValue().isArray() ? header.getValue().path(0) : header.getValue();
          found = value.textValue();
        }
      }
    }
    return found;
  }
}
