package io.quantchat.infra.local.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One of the two published documents, and the schemas in it. Schemas are named by a JSON pointer
 * (RFC 6901) into the document, so that references between them work as they stand there.
 */
final class ContractDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PUBLISHED = "https://contract.invalid/published.json";
  private static final String CLOSED = "https://contract.invalid/closed.json";

  private final JsonNode root;
  private final SchemaRegistry schemas;

  private ContractDocument(JsonNode root) {
    this.root = root;
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(
                        Map.of(
                            PUBLISHED, root.toString(), CLOSED, ClosedSchemas.of(root).toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /** The REST routes: {@code infra/openapi.yaml}. */
  static ContractDocument openApi() {
    return read("infra/openapi.yaml");
  }

  /** The socket's frames: {@code infra/asyncapi.yaml}. */
  static ContractDocument asyncApi() {
    return read("infra/asyncapi.yaml");
  }

  private static ContractDocument read(String file) {
    Path path = Path.of(System.getProperty("quantchat.template")).resolveSibling(file);
    try (Reader reader = Files.newBufferedReader(path)) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      return new ContractDocument(JSON.valueToTree(document));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the contract at " + path, e);
    }
  }

  JsonNode root() {
    return root;
  }

  /** The node at a pointer, with a reference there followed; missing if there is none. */
  JsonNode at(JsonPointer pointer) {
    JsonNode node = root.at(pointer);
    return node.has("$ref") ? root.at(target(node)) : node;
  }

  /** Where {@link #at} finds its node: the same pointer, or that of the reference there. */
  JsonPointer resolve(JsonPointer pointer) {
    JsonNode node = root.at(pointer);
    return node.has("$ref") ? target(node) : pointer;
  }

  private static JsonPointer target(JsonNode reference) {
    String target = reference.get("$ref").textValue();
    if (!target.startsWith("#")) {
      throw new AssertionError("The contract must stand alone, but refers to " + target);
    }
    return JsonPointer.compile(target.substring(1));
  }

  /**
   * Says what is wrong with an instance by the schema as it is published: unknown fields pass.
   *
   * @return a sentence per fault, none if it is valid
   */
  List<String> faults(JsonPointer schema, String json) {
    return validate(PUBLISHED, schema, json);
  }

  /** The same, but a field that the schema doesn't name is a fault, too. */
  List<String> faultsWhenClosed(JsonPointer schema, String json) {
    return validate(CLOSED, schema, json);
  }

  private List<String> validate(String document, JsonPointer pointer, String json) {
    if (root.at(pointer).isMissingNode()) {
      throw new AssertionError("The contract has no schema at " + pointer);
    }
    String reference = JSON.createObjectNode().put("$ref", document + "#" + pointer).toString();
    Schema schema = schemas.getSchema(reference, InputFormat.JSON);
    return schema.validate(json, InputFormat.JSON).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }
}
