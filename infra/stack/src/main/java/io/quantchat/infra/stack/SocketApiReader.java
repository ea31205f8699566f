package io.quantchat.infra.stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code AWS::Serverless::WebSocketApi}, and the routes and route responses that are written
 * out beside it.
 */
final class SocketApiReader {
  private static final Set<String> HONOURED =
      Set.of("Auth", "RouteSelectionExpression", "Routes", "StageName");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "AccessLogSettings",
          "DefaultRouteSettings",
          "Description",
          "DisableExecuteApiEndpoint",
          "Domain",
          "IpAddressType",
          "Name",
          "PropagateTags",
          "RouteSettings",
          "Tags");
  private static final Duration LONGEST_INTEGRATION = Duration.ofSeconds(29);

  private record Target(String functionId, Duration timeout) {}

  private record Draft(String key, Target target, boolean asksForResponse) {}

  private final String apiId;
  private final Function<String, Optional<String>> functionByArn;
  private final Map<String, Target> integrations = new LinkedHashMap<>();
  private final Map<String, Draft> routes = new LinkedHashMap<>();
  private final Map<String, Boolean> responses = new LinkedHashMap<>();

  /**
   * @param apiId what a reference to the API resolves to
   * @param functionByArn the logical id of the function that an ARN names
   */
  SocketApiReader(String apiId, Function<String, Optional<String>> functionByArn) {
    this.apiId = apiId;
    this.functionByArn = functionByArn;
  }

  /** Call this first, then the rest in the order routes, responses. */
  void addApi(String logicalId, Properties api) {
    api.allow(HONOURED, WITHOUT_EFFECT);
    Properties declared = api.child("Routes");
    for (String key : declared.values().keySet()) {
      Properties route = declared.child(key);
      route.allow(
          Set.of("FunctionArn", "IntegrationTimeout", "RouteResponseSelectionExpression"),
          Set.of("OperationName"));
      String generated = logicalId + References.generatedName(key);
      Target target =
          new Target(function(route, "FunctionArn"), timeout(route, "IntegrationTimeout"));
      integrations.put(generated + "Integration", target);
      addRoute(generated + "Route", new Draft(key, target, asksForResponse(route)), route);
    }
  }

  void addRoute(String logicalId, Properties route) {
    route.allow(
        Set.of(
            "ApiId", "AuthorizationType", "RouteKey", "RouteResponseSelectionExpression", "Target"),
        Set.of("OperationName"));
    requireThisApi(route);
    if (!route.optionalText("AuthorizationType").orElse("NONE").equals("NONE")) {
      throw route.refusal("AuthorizationType", "must be NONE: only $connect is authorized");
    }
    String id = route.text("Target").replaceFirst("^integrations/", "");
    Target target = integrations.get(id);
    if (target == null) {
      throw route.refusal("Target", route.text("Target") + " is no integration of the template");
    }
    addRoute(logicalId, new Draft(route.text("RouteKey"), target, asksForResponse(route)), route);
  }

  private void addRoute(String logicalId, Draft draft, Properties route) {
    if (routes.values().stream().anyMatch(other -> other.key().equals(draft.key()))) {
      throw new TemplateException(
          route.owner() + ": the route " + draft.key() + " is there twice.");
    }
    routes.put(logicalId, draft);
  }

  void addResponse(Properties response) {
    response.allow(Set.of("ApiId", "RouteId", "RouteResponseKey"), Set.of());
    requireThisApi(response);
    if (!response.text("RouteResponseKey").equals("$default")) {
      throw response.refusal("RouteResponseKey", "must be $default");
    }
    if (!routes.containsKey(response.text("RouteId"))) {
      throw response.refusal("RouteId", response.text("RouteId") + " is no route of the template");
    }
    responses.put(response.text("RouteId"), true);
  }

  SocketApiSpec read(String logicalId, Properties api) {
    Map<String, SocketApiSpec.Route> read = new LinkedHashMap<>();
    routes.forEach(
        (id, draft) ->
            read.put(
                draft.key(),
                new SocketApiSpec.Route(
                    draft.key(),
                    draft.target().functionId(),
                    draft.target().timeout(),
                    // AWS sends an answer back only where both are there.
                    draft.asksForResponse() && responses.containsKey(id))));
    return new SocketApiSpec(
        logicalId,
        api.text("StageName"),
        api.text("RouteSelectionExpression"),
        read,
        authorizer(api));
  }

  private Optional<SocketApiSpec.Authorizer> authorizer(Properties api) {
    Properties auth = api.child("Auth");
    auth.allow(Set.of("AuthArn", "AuthType", "IdentitySource"), Set.of("InvokeRole", "Name"));
    return switch (auth.optionalText("AuthType").orElse("NONE")) {
      case "NONE" -> Optional.empty();
      case "CUSTOM" ->
          Optional.of(
              new SocketApiSpec.Authorizer(
                  function(auth, "AuthArn"), List.copyOf(auth.texts("IdentitySource"))));
      default -> throw auth.refusal("AuthType", auth.text("AuthType") + " is not supported here");
    };
  }

  private String function(Properties properties, String name) {
    return functionByArn
        .apply(properties.text(name))
        .orElseThrow(() -> properties.refusal(name, "names no function of the template"));
  }

  private void requireThisApi(Properties properties) {
    if (!properties.text("ApiId").equals(apiId)) {
      throw properties.refusal("ApiId", "is not the template's WebSocket API");
    }
  }

  private static boolean asksForResponse(Properties route) {
    Optional<String> expression = route.optionalText("RouteResponseSelectionExpression");
    if (expression.isPresent() && !expression.get().equals("$default")) {
      throw route.refusal("RouteResponseSelectionExpression", "must be $default");
    }
    return expression.isPresent();
  }

  private static Duration timeout(Properties properties, String name) {
    Duration timeout =
        properties.optionalInteger(name).map(Duration::ofMillis).orElse(LONGEST_INTEGRATION);
    if (timeout.compareTo(Duration.ofMillis(50)) < 0
        || timeout.compareTo(LONGEST_INTEGRATION) > 0) {
      throw properties.refusal(name, "must be 50 to 29000 ms");
    }
    return timeout;
  }
}
