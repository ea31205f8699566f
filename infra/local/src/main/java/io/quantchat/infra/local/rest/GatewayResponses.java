package io.quantchat.infra.local.rest;

import com.fasterxml.jackson.databind.node.TextNode;
import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.RequestIds;
import io.quantchat.infra.stack.RestApiSpec;
import io.quantchat.infra.stack.RestApiSpec.GatewayResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway's own answers, as the template's {@code GatewayResponses} shape them: by the type
 * itself, else by {@code DEFAULT_4XX} or {@code DEFAULT_5XX}, else as they are.
 */
final class GatewayResponses {

  private static final String JSON = "application/json";
  private static final String DEFAULT_TEMPLATE = "{\"message\":$context.error.messageString}";

  private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z]+(?:\\.[A-Za-z]+)*");
  private static final Set<String> KNOWN_VARIABLES =
      Set.of(
          "$context.error.message",
          "$context.error.messageString",
          "$context.error.responseType",
          "$context.requestId",
          "$context.extendedRequestId");

  private final Map<String, GatewayResponse> customised;

  /**
   * @throws IllegalArgumentException if a template has a variable that isn't known here
   */
  GatewayResponses(RestApiSpec api) {
    this.customised = api.gatewayResponses();
    customised.forEach(
        (type, response) ->
            response
                .templates()
                .values()
                .forEach(template -> requireKnown(api.logicalId() + ": " + type, template)));
  }

  HttpAnswer answer(GatewayError error, RequestIds ids) {
    Optional<GatewayResponse> custom =
        Optional.ofNullable(customised.get(error.responseType()))
            .or(
                () ->
                    Optional.ofNullable(
                        customised.get("DEFAULT_%dXX".formatted(error.status() / 100))));
    List<HeaderLine> headers = new ArrayList<>();
    headers.add(HttpAnswer.errorLine(error.errorType()));
    if (custom.isEmpty()) {
      headers.add(new HeaderLine("Content-Type", JSON));
      return new HttpAnswer(error.status(), headers, utf8(error.defaultBody())).identified(ids);
    }
    GatewayResponse response = custom.get();
    response.headers().forEach((name, value) -> headers.add(new HeaderLine(name, value)));
    String contentType = contentType(response);
    if (response.headers().keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      headers.add(new HeaderLine("Content-Type", contentType));
    }
    String template = response.templates().getOrDefault(contentType, DEFAULT_TEMPLATE);
    return new HttpAnswer(
            response.status().orElse(error.status()), headers, utf8(fill(template, error, ids)))
        .identified(ids);
  }

  private static String contentType(GatewayResponse response) {
    return response.templates().isEmpty() || response.templates().containsKey(JSON)
        ? JSON
        : response.templates().keySet().iterator().next();
  }

  private static String fill(String template, GatewayError error, RequestIds ids) {
    Function<MatchResult, String> value =
        variable ->
            switch (variable.group()) {
              case "$context.error.message" -> error.message();
              case "$context.error.messageString" -> TextNode.valueOf(error.message()).toString();
              case "$context.error.responseType" -> error.responseType();
              case "$context.requestId" -> ids.requestId();
              case "$context.extendedRequestId" -> ids.extendedRequestId();
              default -> throw new IllegalStateException(variable.group());
            };
    return VARIABLE
        .matcher(template)
        .replaceAll(variable -> Matcher.quoteReplacement(value.apply(variable)));
  }

  private static void requireKnown(String where, String template) {
    VARIABLE
        .matcher(template)
        .results()
        .map(MatchResult::group)
        .filter(variable -> !KNOWN_VARIABLES.contains(variable))
        .findFirst()
        .ifPresent(
            variable -> {
              throw new IllegalArgumentException(
                  "%s uses %s, which the local gateway doesn't know".formatted(where, variable));
            });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
