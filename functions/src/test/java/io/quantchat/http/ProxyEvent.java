package io.quantchat.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Events as a REST API sends them to a function: payload 1.0, all twelve members. */
public final class ProxyEvent {

  private static final String HOST = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";

  private ProxyEvent() {}

  /** A request without parameters, body and token. */
  public static ObjectNode of(String method, String resource) {
    ObjectNode event =
        Json.object().put("resource", resource).put("path", resource).put("httpMethod", method);
    event
        .putObject("headers")
        .put("Accept", "*/*")
        .put("Content-Type", "application/json")
        .put("Host", HOST)
        .put("User-Agent", "test/1.0")
        .put("X-Forwarded-For", "203.0.113.9")
        .put("X-Forwarded-Port", "443")
        .put("X-Forwarded-Proto", "https");
    ObjectNode multi = event.putObject("multiValueHeaders");
    multi.putArray("Accept").add("*/*");
    multi.putArray("Content-Type").add("application/json");
    multi.putArray("Host").add(HOST);
    event.putNull("queryStringParameters");
    event.putNull("multiValueQueryStringParameters");
    event.putNull("pathParameters");
    event.putNull("stageVariables");
    event.set("requestContext", context(method, resource));
    event.putNull("body");
    return event.put("isBase64Encoded", false);
  }

  private static ObjectNode context(String method, String resource) {
    ObjectNode context =
        Json.object()
            .put("resourceId", "w56xyz")
            .put("resourcePath", resource)
            .put("httpMethod", method)
            .put("extendedRequestId", "ZhDrKF5dDoEEHfA=")
            .put("requestTime", "02/Feb/2026:10:00:00 +0000")
            .put("path", "/live" + resource)
            .put("accountId", "111122223333")
            .put("protocol", "HTTP/1.1")
            .put("stage", "live")
            .put("domainPrefix", "a1b2c3d4e5")
            .put("requestTimeEpoch", 1770026400123L)
            .put("requestId", "0d9c1f0e-5b1c-4f3e-9a53-2f5f0a3c7d11")
            .put("domainName", HOST)
            .put("deploymentId", "v99abc")
            .put("apiId", "a1b2c3d4e5");
    context.putObject("identity").put("sourceIp", "203.0.113.9").put("userAgent", "test/1.0");
    return context;
  }
}
