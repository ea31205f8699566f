package io.quantchat.infra.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The template's REST API.
 *
 * @param logicalId its name in the template
 * @param stage its stage's name
 * @param routes every route that an event of a function declares
 * @param cors what the OPTIONS methods answer, if the API has CORS
 * @param gatewayResponses answers of the gateway's own, by response type, such as {@code
 *     DEFAULT_4XX}
 * @param binaryMediaTypes content types that pass as base64
 */
public record RestApiSpec(
    String logicalId,
    String stage,
    List<Route> routes,
    Optional<Cors> cors,
    Map<String, GatewayResponse> gatewayResponses,
    List<String> binaryMediaTypes) {

  /**
   * @param method an HTTP method, or {@code ANY}
   * @param resource the path as configured, such as {@code /contacts/{contact_id}}
   * @param functionId logical id of the function that answers
   */
  public record Route(String method, String resource, String functionId) {}

  /** Header values as they go out: the quotes that the template needs around them are gone. */
  public record Cors(
      String allowOrigin,
      Optional<String> allowMethods,
      Optional<String> allowHeaders,
      Optional<String> maxAge,
      boolean allowCredentials) {}

  /**
   * @param status replaces the default status, if set
   * @param headers extra headers, unquoted
   * @param templates bodies by content type, with {@code $context.…} variables in them
   */
  public record GatewayResponse(
      OptionalInt status, Map<String, String> headers, Map<String, String> templates) {}
}
