package io.quantchat.infra.bench.cold;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events as API Gateway makes them of a browser's requests and frames. */
final class Events {

  static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private static final String DOMAIN = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com";
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";

  private Events() {}

  /**
   * A REST request.
   *
   * @param token the access token, or {@code null}
   * @param body the JSON body, or {@code null}
   */
  static byte[] rest(String method, String resource, String token, ObjectNode body) {
    ObjectNode event = object();
    event.put("resource", resource).put("path", resource).put("httpMethod", method);
    Map<String, String> headers = browserHeaders();
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    ObjectNode single = event.putObject("headers");
    headers.forEach(single::put);
    ObjectNode multiple = event.putObject("multiValueHeaders");
    headers.forEach((name, value) -> multiple.putArray(name).add(value));
    event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
    event.putNull("pathParameters").putNull("stageVariables");
    ObjectNode context = event.putObject("requestContext");
    context.put("resourcePath", resource).put("httpMethod", method).put("stage", "live");
    context.put("path", "/live" + resource).put("protocol", "HTTP/1.1");
    context.put("requestId", "0d9c1f0e-5b1c-4f3e-9a53-2f5f0a3c7d11");
    context.put("requestTimeEpoch", Instant.now().toEpochMilli());
    context.put("accountId", "000000000000").put("apiId", "a1b2c3d4e5");
    context.put("domainName", DOMAIN).put("domainPrefix", "a1b2c3d4e5");
    context.putObject("identity").put("sourceIp", "203.0.113.9").put("userAgent", BROWSER);
    event.put("body", body == null ? null : body.toString()).put("isBase64Encoded", false);
    return bytes(event);
  }

  /** The authorizer's event when a socket wants to open. */
  static byte[] authorizer(String token) {
    ObjectNode event = object();
    event.put("type", "REQUEST");
    event.put("methodArn", "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/live/$connect");
    ObjectNode headers = event.putObject("headers");
    browserHeaders().forEach(headers::put);
    event.putObject("queryStringParameters").put("token", token);
    event.putObject("stageVariables");
    socketContext(event, "CONNECT", "$connect", null);
    return bytes(event);
  }

  /** A socket that opens. */
  static byte[] connect(String userId, String sessionId, String connectionId) {
    ObjectNode event = object();
    socketContext(event, "CONNECT", "$connect", userId)
        .put("connectionId", connectionId)
        .withObject("/authorizer")
        .put("session_id", sessionId);
    return bytes(event.put("isBase64Encoded", false));
  }

  /** A socket's frame. */
  static byte[] frame(String userId, String type, ObjectNode payload) {
    ObjectNode event = object();
    socketContext(event, "MESSAGE", type, userId).put("messageId", "XkQ4XGr3IAMEfKQ=");
    ObjectNode frame = object().put("type", type);
    frame.set("payload", payload);
    return bytes(event.put("body", frame.toString()).put("isBase64Encoded", false));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode socketContext(
      ObjectNode event, String eventType, String routeKey, String userId) {
    ObjectNode context = event.putObject("requestContext");
    context.put("routeKey", routeKey).put("eventType", eventType).put("messageDirection", "IN");
    context.put("connectionId", "XkQ2adVyoAMCJ3w=").put("requestId", "XkQ4XGr3IAMEfKQ=");
    context.put("extendedRequestId", "XkQ4XGr3IAMEfKQ=").put("stage", "live");
    long now = Instant.now().toEpochMilli();
    context.put("connectedAt", now).put("requestTimeEpoch", now);
    context.put("domainName", DOMAIN).put("apiId", "a1b2c3d4e5");
    context.putObject("identity").put("sourceIp", "203.0.113.9").put("userAgent", BROWSER);
    if (userId != null) {
      context.putObject("authorizer").put("principalId", userId).put("user_id", userId);
    }
    return context;
  }

  private static Map<String, String> browserHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Accept-Encoding", "gzip, deflate, br");
    headers.put("Accept-Language", "en-GB,en;q=0.9");
    headers.put("Content-Type", "application/json");
    headers.put("Host", DOMAIN);
    headers.put("Origin", "https://chat.example.com");
    headers.put("Referer", "https://chat.example.com/");
    headers.put("User-Agent", BROWSER);
    headers.put("X-Amzn-Trace-Id", "Root=1-69801100-0123456789abcdef01234567");
    headers.put("X-Forwarded-For", "203.0.113.9");
    headers.put("X-Forwarded-Port", "443");
    headers.put("X-Forwarded-Proto", "https");
    return headers;
  }

  private static byte[] bytes(ObjectNode event) {
    try {
      return MAPPER.writeValueAsBytes(event);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
