package io.quantchat.infra.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One template, being resolved for one deployment. */
final class Resolution {
  private final Properties sections;
  private final References references;
  private final Intrinsics intrinsics;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Properties> resolved = new LinkedHashMap<>();

  Resolution(Properties sections, Map<String, Resource> declared, Deployment deployment) {
    this.sections = sections;
    this.references =
        new References(
            deployment,
            Parameters.resolve(sections.child("Parameters").values(), deployment.parameters()));
    this.intrinsics =
        new Intrinsics(
            references,
            sections.child("Conditions").values(),
            text -> references.local(text, declared));
    declared.forEach(
        (id, resource) -> {
          if (intrinsics.holds(resource.condition(), resource.owner())) {
            resources.put(id, resource);
          }
        });
    resources.values().forEach(this::name);
    resources.values().forEach(this::resolve);
  }

  Stack stack() {
    Map<String, FunctionSpec> functions = new LinkedHashMap<>();
    Map<String, TableSpec> tables = new LinkedHashMap<>();
    Map<String, BucketSpec> buckets = new LinkedHashMap<>();
    Map<String, Set<Permission>> permissions = new LinkedHashMap<>();
    List<ScheduleSpec> schedules = new ArrayList<>();
    List<RestApiSpec.Route> routes = new ArrayList<>();
    String restApi = only(Resource.REST_API);
    for (String id : ofType(Resource.FUNCTION)) {
      Properties function = resolved.get(id);
      functions.put(id, FunctionReader.read(id, function));
      permissions.put(id, permissions(function));
      schedules.addAll(ScheduleReader.read(id, function));
      routes.addAll(FunctionReader.routes(id, function, String.valueOf(references.ref(restApi))));
    }
    for (String id : ofType(Resource.TABLE)) {
      tables.put(id, TableReader.read(id, resolved.get(id)));
    }
    for (String id : ofType(Resource.BUCKET)) {
      buckets.put(id, BucketReader.read(id, references.ref(id), resolved.get(id)));
    }
    return new Stack(
        functions,
        List.copyOf(schedules),
        RestApiReader.read(restApi, resolved.get(restApi), routes),
        socketApi(),
        tables,
        buckets,
        permissions,
        outputs());
  }

  /** Those of the role that the template writes out; none where it leaves the role to SAM. */
  private Set<Permission> permissions(Properties function) {
    Optional<String> role = function.optionalText("Role");
    if (role.isEmpty()) {
      return Set.of();
    }
    String id =
        references
            .role(role.get())
            .orElseThrow(() -> function.refusal("Role", "is no role of the template"));
    return RoleReader.read(resolved.get(id));
  }

  private SocketApiSpec socketApi() {
    String id = only(Resource.SOCKET_API);
    SocketApiReader reader =
        new SocketApiReader(String.valueOf(references.ref(id)), references::function);
    reader.addApi(id, resolved.get(id));
    ofType(Resource.ROUTE).forEach(other -> reader.addRoute(other, resolved.get(other)));
    ofType(Resource.ROUTE_RESPONSE).forEach(other -> reader.addResponse(resolved.get(other)));
    return reader.read(id, resolved.get(id));
  }

  private Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    sections
        .child("Outputs")
        .values()
        .forEach(
            (name, node) -> {
              String owner = "Output " + name;
              Properties declared = Properties.of(owner, node);
              declared.allow(Set.of("Value", "Condition"), Set.of("Description", "Export"));
              if (intrinsics.holds(declared.optionalText("Condition"), owner)) {
                outputs.put(
                    name, Properties.of(owner, intrinsics.resolve(node, owner)).text("Value"));
              }
            });
    return outputs;
  }

  /** Names come before anything refers to them; a resource's own may refer to parameters only. */
  private void name(Resource resource) {
    switch (resource.type()) {
      case Resource.TABLE ->
          references.addTable(
              resource.logicalId(), ownName(resource, "TableName").orElse(resource.logicalId()));
      case Resource.BUCKET ->
          references.addBucket(resource.logicalId(), ownName(resource, "BucketName"));
      case Resource.FUNCTION -> references.addFunction(resource);
      case Resource.REST_API -> references.addRestApi(resource);
      case Resource.SOCKET_API -> references.addSocketApi(resource);
      case Resource.ROLE -> references.addRole(resource);
      default -> references.addPlain(resource);
    }
  }

  private Optional<String> ownName(Resource resource, String property) {
    return Optional.ofNullable(resource.properties().get(property))
        .map(
            name ->
                Nodes.text(resolve(name, resource.owner()), resource.owner() + ": " + property));
  }

  private void resolve(Resource resource) {
    for (String before : resource.dependsOn()) {
      if (!resources.containsKey(before)) {
        throw new TemplateException(
            resource.owner()
                + ": DependsOn names "
                + before
                + ", which the template doesn't have.");
      }
    }
    resolved.put(
        resource.logicalId(),
        Properties.of(resource.owner(), resolve(resource.properties(), resource.owner())));
  }

  private Object resolve(Object node, String where) {
    return intrinsics.resolve(node, where);
  }

  private List<String> ofType(String type) {
    return resources.values().stream()
        .filter(resource -> resource.type().equals(type))
        .map(Resource::logicalId)
        .toList();
  }

  private String only(String type) {
    List<String> ids = ofType(type);
    if (ids.size() != 1) {
      throw new TemplateException(
          "The template must have one resource of type %s, not %d: %s."
              .formatted(type, ids.size(), ids));
    }
    return ids.getFirst();
  }
}
