package io.quantchat.infra.local.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.gateway.Json;
import io.quantchat.infra.local.gateway.RequestIds;
import io.quantchat.infra.local.gateway.RequestTime;
import io.quantchat.infra.stack.Deployment;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The event of a Lambda proxy integration, payload 1.0, without an authorizer: twelve keys, always
 * all there.
 *
 * @param stage name of the stage
 * @param apiId the API's id
 * @param resource the route as configured
 * @param method the HTTP method
 * @param path as sent, behind the base path that it is mapped to
 * @param contextPath the same, slashes doubled between base path and route kept
 * @param headers all values of each header
 * @param query all values of each name, decoded
 * @param pathParameters as sent
 * @param domainName the host that was asked for
 * @param body as sent
 * @param binary whether the body goes as Base64
 * @param received when the request came in
 */
record ProxyEvent(
    String stage,
    String apiId,
    String resource,
    String method,
    String path,
    String contextPath,
    Map<String, List<String>> headers,
    Map<String, List<String>> query,
    Map<String, String> pathParameters,
    String domainName,
    String sourceIp,
    byte[] body,
    boolean binary,
    RequestIds ids,
    Instant received) {

  /** As UTF-8 JSON. */
  byte[] toBytes() {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("resource", resource);
    event.put("path", path);
    event.put("httpMethod", method);
    event.set("headers", lastValues(headers));
    event.set("multiValueHeaders", allValues(headers));
    event.set("queryStringParameters", query.isEmpty() ? event.nullNode() : lastValues(query));
    event.set(
        "multiValueQueryStringParameters", query.isEmpty() ? event.nullNode() : allValues(query));
    event.set(
        "pathParameters", pathParameters.isEmpty() ? event.nullNode() : strings(pathParameters));
    event.putNull("stageVariables");
    event.set("requestContext", requestContext());
    event.put("body", bodyText());
    event.put("isBase64Encoded", binary);
    try {
      return Json.MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode requestContext() {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    // The gateway's resource ids are six characters that mean nothing.
    String resourceId = "%06x".formatted(resource.hashCode() & 0xFFFFFF);
    context.put("resourceId", resourceId);
    context.put("resourcePath", resource);
    context.put("httpMethod", method);
    context.put("extendedRequestId", ids.extendedRequestId());
    context.put("requestTime", RequestTime.of(received));
    context.put("path", contextPath);
    context.put("accountId", Deployment.LOCAL_ACCOUNT);
    context.put("protocol", "HTTP/1.1");
    context.put("stage", stage);
    context.put("domainPrefix", domainName.split("\\.", 2)[0]);
    context.put("requestTimeEpoch", received.toEpochMilli());
    context.put("requestId", ids.requestId());
    context.set("identity", identity());
    context.put("domainName", domainName);
    context.put("deploymentId", "local");
    context.put("apiId", apiId);
    return context;
  }

  private ObjectNode identity() {
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    for (String absent :
        List.of(
            "cognitoIdentityPoolId",
            "accountId",
            "cognitoIdentityId",
            "caller",
            "principalOrgId",
            "accessKey",
            "cognitoAuthenticationType",
            "cognitoAuthenticationProvider",
            "userArn",
            "user")) {
      identity.putNull(absent);
    }
    identity.put("sourceIp", sourceIp);
    List<String> userAgent = headers.get("User-Agent");
    identity.put("userAgent", userAgent == null ? null : userAgent.getLast());
    return identity;
  }

  /** Bytes that are no UTF-8 become U+FFFD, unless the type is a binary one. */
  private String bodyText() {
    if (body.length == 0) {
      return null;
    }
    return binary
        ? Base64.getEncoder().encodeToString(body)
        : new String(body, StandardCharsets.UTF_8);
  }

  private static ObjectNode lastValues(Map<String, List<String>> values) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    values.forEach((name, all) -> node.put(name, all.getLast()));
    return node;
  }

  private static ObjectNode allValues(Map<String, List<String>> values) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    values.forEach(
        (name, all) -> {
          ArrayNode list = node.putArray(name);
          all.forEach(list::add);
        });
    return node;
  }

  private static ObjectNode strings(Map<String, String> values) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    values.forEach(node::put);
    return node;
  }
}
