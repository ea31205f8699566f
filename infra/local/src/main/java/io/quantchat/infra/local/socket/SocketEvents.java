package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quantchat.infra.local.gateway.Json;
import io.quantchat.infra.local.gateway.RequestTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the events that a WebSocket API hands to its functions, key for key as the real one does:
 * a key that doesn't apply to an event is absent, never null.
 */
final class SocketEvents {

  /** Headers that AWS takes out of {@code $connect}, though not of its authorizer's event. */
  private static final Set<String> HOP_BY_HOP = Set.of("connection", "upgrade", "content-length");

  private static final int EXPECTED_BYTES = 1024;

  private final String apiId;
  private final String stage;
  private final String methodArn;
  private final Clock clock;

  SocketEvents(String apiId, String stage, String methodArn, Clock clock) {
    this.apiId = apiId;
    this.stage = stage;
    this.methodArn = methodArn;
    this.clock = clock;
  }

  /** The {@code $connect} authorizer's event. Its requestContext has no authorizer. */
  byte[] authorizer(Client client, UpgradeRequest request, String requestId) {
    return write(
        json -> {
          json.writeStringField("type", "REQUEST");
          json.writeStringField("methodArn", methodArn);
          writeHeaders(json, request.headers(), Set.of());
          writeQuery(json, request.query());
          json.writeObjectFieldStart("stageVariables");
          json.writeEndObject();
          json.writeObjectFieldStart("requestContext");
          writeRoute(json, "$connect", "CONNECT");
          writeContext(json, client, requestId);
          json.writeEndObject();
        });
  }

  /**
   * The event of {@code $connect}.
   *
   * @param authorizerMillis how long the authorizer took
   */
  byte[] connect(Client client, UpgradeRequest request, String requestId, long authorizerMillis) {
    return write(
        json -> {
          writeHeaders(json, request.headers(), HOP_BY_HOP);
          writeQuery(json, request.query());
          json.writeObjectFieldStart("requestContext");
          writeRoute(json, "$connect", "CONNECT");
          if (!client.authorizer().isEmpty()) {
            json.writeObjectFieldStart("authorizer");
            writeStrings(json, client.authorizer());
            json.writeNumberField("integrationLatency", authorizerMillis);
            json.writeEndObject();
          }
          writeContext(json, client, requestId);
          json.writeEndObject();
          json.writeBooleanField("isBase64Encoded", false);
        });
  }

  /** The event of one text message. */
  byte[] message(Client client, String routeKey, String requestId, String messageId, String body) {
    return write(
        json -> {
          json.writeObjectFieldStart("requestContext");
          writeRoute(json, routeKey, "MESSAGE");
          json.writeStringField("messageId", messageId);
          writeAuthorizer(json, client);
          writeContext(json, client, requestId);
          json.writeEndObject();
          json.writeStringField("body", body);
          json.writeBooleanField("isBase64Encoded", false);
        });
  }

  /** The event of {@code $disconnect}. */
  byte[] disconnect(Client client, String requestId, CloseReason reason) {
    return write(
        json -> {
          json.writeObjectFieldStart("headers");
          json.writeStringField("Host", client.domainName());
          json.writeStringField("x-api-key", "");
          json.writeStringField("X-Forwarded-For", "");
          json.writeStringField("x-restapi", "");
          json.writeEndObject();
          json.writeObjectFieldStart("multiValueHeaders");
          writeList(json, "Host", List.of(client.domainName()));
          writeList(json, "x-api-key", List.of(""));
          writeList(json, "X-Forwarded-For", List.of(""));
          writeList(json, "x-restapi", List.of(""));
          json.writeEndObject();
          json.writeObjectFieldStart("requestContext");
          writeRoute(json, "$disconnect", "DISCONNECT");
          json.writeNumberField("disconnectStatusCode", reason.code());
          json.writeStringField("disconnectReason", reason.text());
          writeAuthorizer(json, client);
          writeContext(json, client, requestId);
          json.writeEndObject();
          json.writeBooleanField("isBase64Encoded", false);
        });
  }

  private static void writeRoute(JsonGenerator json, String routeKey, String eventType)
      throws IOException {
    json.writeStringField("routeKey", routeKey);
    json.writeStringField("eventType", eventType);
    json.writeStringField("messageDirection", "IN");
  }

  private static void writeAuthorizer(JsonGenerator json, Client client) throws IOException {
    if (!client.authorizer().isEmpty()) {
      json.writeObjectFieldStart("authorizer");
      writeStrings(json, client.authorizer());
      json.writeEndObject();
    }
  }

  private void writeContext(JsonGenerator json, Client client, String requestId)
      throws IOException {
    long now = clock.millis();
    json.writeStringField("requestId", requestId);
    json.writeStringField("extendedRequestId", requestId);
    json.writeStringField("requestTime", RequestTime.of(Instant.ofEpochMilli(now)));
    json.writeNumberField("requestTimeEpoch", now);
    json.writeNumberField("connectedAt", client.connectedAt());
    json.writeStringField("connectionId", client.connectionId());
    json.writeStringField("stage", stage);
    json.writeStringField("apiId", apiId);
    json.writeStringField("domainName", client.domainName());
    json.writeObjectFieldStart("identity");
    if (client.userAgent().isPresent()) {
      json.writeStringField("userAgent", client.userAgent().get());
    }
    json.writeStringField("sourceIp", client.sourceIp());
    json.writeEndObject();
  }

  private static void writeHeaders(
      JsonGenerator json, Map<String, List<String>> headers, Set<String> without)
      throws IOException {
    Set<String> names = new TreeSet<>(headers.keySet());
    names.removeIf(name -> without.contains(name.toLowerCase(Locale.ROOT)));
    writeBoth(json, "headers", "multiValueHeaders", headers, names);
  }

  private static void writeQuery(JsonGenerator json, Map<String, List<String>> query)
      throws IOException {
    if (!query.isEmpty()) {
      writeBoth(
          json, "queryStringParameters", "multiValueQueryStringParameters", query, query.keySet());
    }
  }

  /** A repeated name has its last value in the single map and all of them in the other. */
  private static void writeBoth(
      JsonGenerator json,
      String single,
      String multi,
      Map<String, List<String>> values,
      Set<String> names)
      throws IOException {
    json.writeObjectFieldStart(single);
    for (String name : names) {
      json.writeStringField(name, values.get(name).getLast());
    }
    json.writeEndObject();
    json.writeObjectFieldStart(multi);
    for (String name : names) {
      writeList(json, name, values.get(name));
    }
    json.writeEndObject();
  }

  private static void writeStrings(JsonGenerator json, Map<String, String> values)
      throws IOException {
    for (Map.Entry<String, String> value : values.entrySet()) {
      json.writeStringField(value.getKey(), value.getValue());
    }
  }

  private static void writeList(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] write(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(EXPECTED_BYTES);
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
