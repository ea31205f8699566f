package io.quantchat.infra.stack;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The values that the template's names stand for: parameters, pseudo parameters, resources, and the
 * resources that the SAM translator adds (a function's version and alias, a socket route's {@code
 * <Api><Key>Integration}, the CodeDeploy application).
 */
final class References implements Intrinsics.Names {
  /** The one version of each function that there is on one machine. */
  private static final String VERSION = "1";

  private static final String PARTITION = "aws";
  private static final String URL_SUFFIX = "amazonaws.com";

  /**
   * What SAM calls the CodeDeploy application of all functions that have a deployment preference.
   */
  private static final String DEPLOYMENT_APPLICATION = "ServerlessDeploymentApplication";

  private final Deployment deployment;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> attributes = new HashMap<>();
  private final Map<String, Resource> passedOver = new HashMap<>();
  private final Map<String, String> functionsByArn = new HashMap<>();
  private final Map<String, String> rolesByArn = new HashMap<>();

  References(Deployment deployment, Map<String, String> parameters) {
    this.deployment = deployment;
    values.putAll(parameters);
    values.put("AWS::Region", deployment.region());
    values.put("AWS::AccountId", deployment.accountId());
    values.put("AWS::StackName", deployment.stackName());
    values.put("AWS::Partition", PARTITION);
    values.put("AWS::URLSuffix", URL_SUFFIX);
    values.put(DEPLOYMENT_APPLICATION, deployment.stackName() + "-" + DEPLOYMENT_APPLICATION);
  }

  /**
   * @param name the table's name, resolved
   */
  void addTable(String logicalId, String name) {
    values.put(logicalId, name);
    attributes.put(logicalId + ".Arn", arn("dynamodb", "table/" + name));
  }

  /**
   * @param name the bucket's name, resolved; nothing where the template gives none
   */
  void addBucket(String logicalId, Optional<String> name) {
    String bucket =
        name.orElseGet(() -> BucketReader.generatedName(deployment.stackName(), logicalId));
    values.put(logicalId, bucket);
    attributes.put(logicalId + ".Arn", "arn:%s:s3:::%s".formatted(PARTITION, bucket));
    attributes.put(logicalId + ".RegionalDomainName", bucketHost(bucket));
  }

  private String bucketHost(String bucket) {
    return "%s.s3.%s.%s".formatted(bucket, deployment.region(), URL_SUFFIX);
  }

  void addFunction(Resource function) {
    String id = function.logicalId();
    String name = deployment.stackName() + "-" + id;
    String arn = arn("lambda", "function:" + name);
    values.put(id, name);
    attributes.put(id + ".Arn", arn);
    functionsByArn.put(arn, id);
    addVersion(id + ".Version", arn + ":" + VERSION, id);
    attributes.put(id + ".Version.Version", VERSION);
    if (function.properties().get("AutoPublishAlias") instanceof String alias) {
      addVersion(id + ".Alias", arn + ":" + alias, id);
    }
  }

  private void addVersion(String reference, String arn, String functionId) {
    values.put(reference, arn);
    functionsByArn.put(arn, functionId);
  }

  void addRestApi(Resource api) {
    addApi(api);
  }

  void addSocketApi(Resource api) {
    addApi(api);
    String id = api.logicalId();
    Properties.of(api.owner(), api.properties())
        .child("Routes")
        .values()
        .keySet()
        .forEach(
            key -> {
              String generated = id + generatedName(key);
              values.put(generated + "Route", generated + "Route");
              values.put(generated + "Integration", generated + "Integration");
            });
  }

  private void addApi(Resource api) {
    String id = api.logicalId();
    values.put(id, apiId(id));
    if (api.properties().get("StageName") instanceof String stage) {
      values.put(id + ".Stage", stage);
    }
  }

  void addRole(Resource role) {
    String name = deployment.stackName() + "-" + role.logicalId();
    String arn = "arn:%s:iam::%s:role/%s".formatted(PARTITION, deployment.accountId(), name);
    values.put(role.logicalId(), name);
    attributes.put(role.logicalId() + ".Arn", arn);
    rolesByArn.put(arn, role.logicalId());
  }

  /** A resource that stands for itself: its name is its logical id. */
  void addPlain(Resource resource) {
    values.put(resource.logicalId(), resource.logicalId());
    if (resource.isPassedOver()) {
      passedOver.put(resource.logicalId(), resource);
    }
  }

  @Override
  public String ref(String name) {
    return values.get(name);
  }

  /**
   * A resource that is passed over has whatever attribute it is asked for: nothing here uses it.
   */
  @Override
  public String attribute(String name, String attribute) {
    return passedOver.containsKey(name)
        ? name + "." + attribute
        : attributes.get(name + "." + attribute);
  }

  /** The function that an ARN names, with a version, an alias, or neither. */
  Optional<String> function(String arn) {
    return Optional.ofNullable(functionsByArn.get(arn));
  }

  /** The role that an ARN names. */
  Optional<String> role(String arn) {
    return Optional.ofNullable(rolesByArn.get(arn));
  }

  /**
   * Puts the local endpoints where a text has the public addresses of the APIs, and the path that
   * has a bucket's name where it has the bucket's.
   */
  String local(String text, Map<String, Resource> resources) {
    String local = text;
    for (Resource resource : resources.values()) {
      String host =
          "%s.execute-api.%s.%s"
              .formatted(apiId(resource.logicalId()), deployment.region(), URL_SUFFIX);
      if (resource.type().equals(Resource.REST_API)) {
        local = local.replace("https://" + host, deployment.restEndpoint());
      } else if (resource.type().equals(Resource.BUCKET)) {
        String bucket = values.get(resource.logicalId());
        if (bucket != null) {
          local = local.replace("https://" + bucketHost(bucket), "/" + bucket);
        }
      } else if (resource.type().equals(Resource.SOCKET_API)) {
        local =
            local
                .replace("wss://" + host, deployment.socketEndpoint())
                .replace(
                    "https://" + host, deployment.socketEndpoint().replaceFirst("^ws", "http"));
      }
    }
    return local;
  }

  /** As the SAM translator names what it makes of a route: {@code $connect} gives Connect. */
  static String generatedName(String routeKey) {
    String bare = routeKey.startsWith("$") ? routeKey.substring(1) : routeKey;
    return bare.isEmpty() ? bare : Character.toUpperCase(bare.charAt(0)) + bare.substring(1);
  }

  private static String apiId(String logicalId) {
    return logicalId.toLowerCase(Locale.ROOT);
  }

  private String arn(String service, String resource) {
    return "arn:%s:%s:%s:%s:%s"
        .formatted(PARTITION, service, deployment.region(), deployment.accountId(), resource);
  }
}
