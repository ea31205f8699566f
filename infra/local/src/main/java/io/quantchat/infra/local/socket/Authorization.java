package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.local.gateway.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An authorizer's decision on one handshake. */
sealed interface Authorization {

  /**
   * @param context {@code principalId} and the authorizer's context, as strings
   */
  record Allowed(Map<String, String> context) implements Authorization {}

  /** A Deny, or nothing that allows. */
  record Denied() implements Authorization {}

  /** The answer is no policy that this gateway can evaluate: the handshake ends with 500. */
  record Unusable() implements Authorization {}

  /**
   * Reads an authorizer's answer.
   *
   * @param methodArn what the policy must allow {@code execute-api:Invoke} on
   */
  static Authorization parse(byte[] payload, String methodArn) {
    JsonNode answer;
    try {
      answer = Json.MAPPER.readTree(payload);
    } catch (IOException _) {
      return new Unusable();
    }
    JsonNode principal = answer.path("principalId");
    Optional<Policy> policy = Policy.parse(answer.path("policyDocument"));
    Optional<Map<String, String>> context = context(answer.path("context"));
    if (!principal.isTextual() || policy.isEmpty() || context.isEmpty()) {
      return new Unusable();
    }
    if (!policy.get().allows("execute-api:Invoke", methodArn)) {
      return new Denied();
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put("principalId", principal.textValue());
    context.get().forEach(all::putIfAbsent);
    return new Allowed(all);
  }

  /** Numbers and booleans become strings, nulls vanish; an object or array makes it unusable. */
  private static Optional<Map<String, String>> context(JsonNode context) {
    Map<String, String> strings = new LinkedHashMap<>();
    if (context.isMissingNode() || context.isNull()) {
      return Optional.of(strings);
    }
    if (!context.isObject() || context.valueStream().anyMatch(JsonNode::isContainerNode)) {
      return Optional.empty();
    }
    for (Map.Entry<String, JsonNode> value : context.properties()) {
      if (!value.getValue().isNull()) {
        strings.put(value.getKey(), value.getValue().asText());
      }
    }
    return Optional.of(strings);
  }
}
