package io.quantchat.infra.local.rest;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.stack.RestApiSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The OPTIONS method that SAM's {@code Cors} gives a path: a mock with fixed headers, whatever the
 * {@code Origin}.
 */
final class Preflight {

  private static final String BODY = "{}\n";

  private Preflight() {}

  /**
   * @param methods the path's own methods, in order, where the template names none
   */
  static HttpAnswer answer(RestApiSpec.Cors cors, Set<String> methods) {
    List<HeaderLine> headers = new ArrayList<>();
    headers.add(new HeaderLine("Content-Type", "application/json"));
    headers.add(new HeaderLine("Access-Control-Allow-Origin", cors.allowOrigin()));
    headers.add(
        new HeaderLine(
            "Access-Control-Allow-Methods",
            cors.allowMethods().orElseGet(() -> String.join(",", methods))));
    cors.allowHeaders()
        .ifPresent(value -> headers.add(new HeaderLine("Access-Control-Allow-Headers", value)));
    cors.maxAge().ifPresent(value -> headers.add(new HeaderLine("Access-Control-Max-Age", value)));
    if (cors.allowCredentials()) {
      headers.add(new HeaderLine("Access-Control-Allow-Credentials", "true"));
    }
    return new HttpAnswer(200, List.copyOf(headers), BODY.getBytes(StandardCharsets.UTF_8));
  }
}
