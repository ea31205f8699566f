package io.quantchat.infra.stack;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code AWS::Serverless::Api}. */
final class RestApiReader {
  private static final Set<String> HONOURED =
      Set.of("BinaryMediaTypes", "Cors", "GatewayResponses", "StageName");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "AccessLogSetting",
          "AlwaysDeploy",
          "CanarySetting",
          "Description",
          "DisableExecuteApiEndpoint",
          "Domain",
          "EndpointConfiguration",
          "FailOnWarnings",
          "MethodSettings",
          "Name",
          "OpenApiVersion",
          "PropagateTags",
          "SecurityPolicy",
          "Tags",
          "TracingEnabled");

  private RestApiReader() {}

  static RestApiSpec read(String logicalId, Properties api, List<RestApiSpec.Route> routes) {
    api.allow(HONOURED, WITHOUT_EFFECT);
    Set<String> seen = new HashSet<>();
    for (RestApiSpec.Route route : routes) {
      if (!seen.add(route.method() + " " + route.resource())) {
        throw new TemplateException(
            "Resource %s: the route %s %s is there twice."
                .formatted(route.functionId(), route.method(), route.resource()));
      }
    }
    return new RestApiSpec(
        logicalId,
        api.text("StageName"),
        List.copyOf(routes),
        cors(api),
        gatewayResponses(api.child("GatewayResponses")),
        // SAM writes a slash as ~1 where the type is a key.
        api.texts("BinaryMediaTypes").stream().map(type -> type.replace("~1", "/")).toList());
  }

  private static Optional<RestApiSpec.Cors> cors(Properties api) {
    if (!api.has("Cors")) {
      return Optional.empty();
    }
    if (!(api.values().get("Cors") instanceof Map)) {
      return Optional.of(
          new RestApiSpec.Cors(
              constant(api, "Cors"), Optional.empty(), Optional.empty(), Optional.empty(), false));
    }
    Properties cors = api.child("Cors");
    cors.allow(
        Set.of("AllowCredentials", "AllowHeaders", "AllowMethods", "AllowOrigin", "MaxAge"),
        Set.of());
    return Optional.of(
        new RestApiSpec.Cors(
            constant(cors, "AllowOrigin"),
            optionalConstant(cors, "AllowMethods"),
            optionalConstant(cors, "AllowHeaders"),
            optionalConstant(cors, "MaxAge"),
            cors.flag("AllowCredentials")));
  }

  private static Map<String, RestApiSpec.GatewayResponse> gatewayResponses(Properties responses) {
    Map<String, RestApiSpec.GatewayResponse> read = new LinkedHashMap<>();
    for (String type : responses.values().keySet()) {
      Properties response = responses.child(type);
      response.allow(Set.of("ResponseParameters", "ResponseTemplates", "StatusCode"), Set.of());
      Properties parameters = response.child("ResponseParameters");
      parameters.allow(Set.of("Headers"), Set.of());
      Properties headers = parameters.child("Headers");
      Map<String, String> constants = new LinkedHashMap<>();
      headers.values().keySet().forEach(name -> constants.put(name, constant(headers, name)));
      Properties templates = response.child("ResponseTemplates");
      Map<String, String> bodies = new LinkedHashMap<>();
      templates.values().keySet().forEach(name -> bodies.put(name, templates.text(name)));
      read.put(
          type,
          new RestApiSpec.GatewayResponse(
              response
                  .optionalInteger("StatusCode")
                  .map(OptionalInt::of)
                  .orElse(OptionalInt.empty()),
              constants,
              bodies));
    }
    return read;
  }

  private static Optional<String> optionalConstant(Properties properties, String name) {
    return properties.has(name) ? Optional.of(constant(properties, name)) : Optional.empty();
  }

  /** API Gateway takes {@code 'text'} as a constant, and anything unquoted as an expression. */
  private static String constant(Properties properties, String name) {
    String text = properties.text(name);
    if (text.length() < 2 || !text.startsWith("'") || !text.endsWith("'")) {
      throw properties.refusal(name, text + " must be a constant in single quotes");
    }
    return text.substring(1, text.length() - 1);
  }
}
