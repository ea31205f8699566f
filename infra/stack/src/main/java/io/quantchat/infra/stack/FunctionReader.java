package io.quantchat.infra.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code AWS::Serverless::Function}, and the REST routes that its events declare. */
final class FunctionReader {
  private static final Set<String> HONOURED =
      Set.of(
          "AutoPublishAlias",
          "Environment",
          "Events",
          "Handler",
          "MemorySize",
          "Runtime",
          "Timeout");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "Architectures",
          "AutoPublishAliasAllProperties",
          "AutoPublishCodeSha256",
          "CodeSigningConfigArn",
          "CodeUri",
          "DeploymentPreference",
          "Description",
          "KmsKeyArn",
          "LoggingConfig",
          "PermissionsBoundary",
          "Policies",
          "PropagateTags",
          "ProvisionedConcurrencyConfig",
          "ReservedConcurrentExecutions",
          "Role",
          "RolePath",
          "RuntimeManagementConfig",
          "SnapStart",
          "Tags",
          "Tracing",
          "VersionDeletionPolicy",
          "VersionDescription");
  private static final Set<String> METHODS =
      Set.of("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
  // AWS's defaults.
  private static final int TIMEOUT_SECONDS = 3;
  private static final int MEMORY_MEGABYTES = 128;

  private FunctionReader() {}

  static FunctionSpec read(String logicalId, Properties function) {
    function.allow(HONOURED, WITHOUT_EFFECT);
    String runtime = function.text("Runtime");
    if (!runtime.startsWith("java")) {
      throw function.refusal("Runtime", runtime + " is not supported here: only Java is");
    }
    Properties environment = function.child("Environment");
    environment.allow(Set.of("Variables"), Set.of());
    Properties variables = environment.child("Variables");
    Map<String, String> resolved = new LinkedHashMap<>();
    variables.values().keySet().forEach(name -> resolved.put(name, variables.text(name)));
    return new FunctionSpec(
        logicalId,
        handlerClass(function),
        Duration.ofSeconds(function.optionalInteger("Timeout").orElse(TIMEOUT_SECONDS)),
        function.optionalInteger("MemorySize").orElse(MEMORY_MEGABYTES),
        Map.copyOf(resolved));
  }

  private static String handlerClass(Properties function) {
    String handler = function.text("Handler");
    String method = "::handleRequest";
    if (handler.contains("::") && !handler.endsWith(method)) {
      throw function.refusal("Handler", handler + " must end in " + method);
    }
    return handler.replace(method, "");
  }

  /**
   * @param restApi what a reference to the REST API resolves to
   */
  static List<RestApiSpec.Route> routes(String logicalId, Properties function, String restApi) {
    Properties events = function.child("Events");
    List<RestApiSpec.Route> routes = new ArrayList<>();
    for (String name : events.values().keySet()) {
      Properties event = events.child(name);
      event.allow(Set.of("Type", "Properties"), Set.of());
      if (event.text("Type").equals(ScheduleReader.TYPE)) {
        continue;
      }
      if (!event.text("Type").equals("Api")) {
        throw event.refusal("Type", event.text("Type") + " is not supported here");
      }
      Properties call = event.child("Properties");
      call.allow(Set.of("Method", "Path", "RestApiId"), Set.of());
      if (!call.text("RestApiId").equals(restApi)) {
        throw call.refusal("RestApiId", "is not the template's REST API");
      }
      routes.add(new RestApiSpec.Route(method(call), path(call), logicalId));
    }
    return routes;
  }

  private static String method(Properties call) {
    String method = call.text("Method").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw call.refusal("Method", method + " is no HTTP method");
    }
    return method;
  }

  private static String path(Properties call) {
    String path = call.text("Path");
    if (!path.startsWith("/")) {
      throw call.refusal("Path", path + " must begin with /");
    }
    return path;
  }
}
