package io.quantchat.infra.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One resource as the template writes it, with the globals of its kind merged in.
 *
 * @param logicalId its name
 * @param type such as {@code AWS::DynamoDB::Table}
 * @param condition the condition it depends on, if any
 * @param dependsOn resources that come before it
 * @param properties its properties, unresolved
 */
record Resource(
    String logicalId,
    String type,
    Optional<String> condition,
    List<String> dependsOn,
    Map<String, Object> properties) {

  static final String FUNCTION = "AWS::Serverless::Function";
  static final String REST_API = "AWS::Serverless::Api";
  static final String SOCKET_API = "AWS::Serverless::WebSocketApi";
  static final String TABLE = "AWS::DynamoDB::Table";
  static final String BUCKET = "AWS::S3::Bucket";
  static final String ROUTE = "AWS::ApiGatewayV2::Route";
  static final String ROUTE_RESPONSE = "AWS::ApiGatewayV2::RouteResponse";
  static final String ROLE = "AWS::IAM::Role";

  private static final Set<String> SUPPORTED =
      Set.of(FUNCTION, REST_API, SOCKET_API, TABLE, BUCKET, ROUTE, ROUTE_RESPONSE, ROLE);
  private static final Set<String> HONOURED =
      Set.of("Type", "Properties", "Condition", "DependsOn");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "Metadata");

  static Resource of(String logicalId, Object node, Globals globals) {
    Properties resource = Properties.of(owner(logicalId), node);
    resource.allow(HONOURED, WITHOUT_EFFECT);
    String type = resource.text("Type");
    if (!SUPPORTED.contains(type) && !PassedOver.TYPES.contains(type)) {
      throw resource.refusal("Type", type + " is not supported here");
    }
    return new Resource(
        logicalId,
        type,
        resource.optionalText("Condition"),
        resource.oneOrMore("DependsOn"),
        globals.mergedInto(type, resource.child("Properties").values()));
  }

  boolean isPassedOver() {
    return !SUPPORTED.contains(type);
  }

  String owner() {
    return owner(logicalId);
  }

  private static String owner(String logicalId) {
    return "Resource " + logicalId;
  }
}
