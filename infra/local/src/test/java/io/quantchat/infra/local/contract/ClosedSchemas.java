package io.quantchat.infra.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The contract as our own answers must keep it. What is published lets every object have fields
 * that it doesn't name, so that clients survive the next version; here such a field is a fault,
 * because it would be one that nobody has written down.
 *
 * <p>Only where a schema says what a value is (an answer, a property, an item) is it closed, never
 * where it is one of several that make up a value ({@code allOf}): each of those knows but a part
 * of the fields. {@code unevaluatedProperties} sees through references and those combinations (JSON
 * Schema 2020-12, core, 11.3). An object that says {@code additionalProperties: true} stays open.
 */
final class ClosedSchemas {
  private static final String FORBID = "unevaluatedProperties";

  private ClosedSchemas() {}

  /** A copy of an OpenAPI or AsyncAPI document, with its schemas closed. */
  static JsonNode of(JsonNode document) {
    JsonNode copy = document.deepCopy();
    copy.at("/components/schemas").forEach(ClosedSchemas::closeParts);
    copy.at("/components/messages").forEach(message -> closeValue(message.get("payload")));
    copy.at("/components/responses").findValues("schema").forEach(ClosedSchemas::closeValue);
    copy.path("paths").findValues("schema").forEach(ClosedSchemas::closeValue);
    return copy;
  }

  private static void closeValue(JsonNode schema) {
    ((ObjectNode) schema).put(FORBID, false);
    closeParts(schema);
  }

  private static void closeParts(JsonNode schema) {
    schema.path("properties").forEach(ClosedSchemas::closeValue);
    if (schema.path("items").isObject()) {
      closeValue(schema.get("items"));
    }
    schema.path("allOf").forEach(ClosedSchemas::closeParts);
    schema.path("anyOf").forEach(ClosedSchemas::closeParts);
    schema.path("oneOf").forEach(ClosedSchemas::closeParts);
  }
}
