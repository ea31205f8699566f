package io.quantchat.infra.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The two documents stand by themselves: no tool that reads them finds fault with either. */
class PublishedDocumentsTest {
  private static final ContractDocument OPEN_API = ContractDocument.openApi();
  private static final ContractDocument ASYNC_API = ContractDocument.asyncApi();
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Pattern PATH_VARIABLE = Pattern.compile("\\{([^}]*)}");

  @Test
  void bothSayWhichVersionAndLicenceTheyAre() {
    assertThat(OPEN_API.root().path("openapi").asText()).startsWith("3.1.");
    assertThat(OPEN_API.root().at("/info/license/identifier").asText()).isEqualTo("Apache-2.0");
    assertThat(ASYNC_API.root().path("asyncapi").asText()).startsWith("3.0.");
    assertThat(ASYNC_API.root().at("/info/version")).isEqualTo(OPEN_API.root().at("/info/version"));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (ContractDocument document : List.of(OPEN_API, ASYNC_API)) {
      List<JsonPointer> references = pointersTo("$ref", document.root());

      assertThat(references).isNotEmpty();
      assertThat(references)
          .allSatisfy(
              reference ->
                  assertThat(document.at(reference.head()).isMissingNode())
                      .as("%s at %s", document.root().at(reference), reference)
                      .isFalse());
    }
  }

  @Test
  void everySchemaOfTheRoutesIsJsonSchema202012() {
    List<JsonPointer> schemas = pointersTo("schema", OPEN_API.root());
    schemas.addAll(children(OPEN_API.root(), "/components/schemas"));

    assertSchemas(OPEN_API, schemas, "https://json-schema.org/draft/2020-12/schema");
  }

  /** AsyncAPI's own schemas are draft 7 (AsyncAPI 3.0, Schema Object). */
  @Test
  void everySchemaOfTheFramesIsDraft7() {
    List<JsonPointer> schemas = children(ASYNC_API.root(), "/components/schemas");
    for (JsonPointer message : children(ASYNC_API.root(), "/components/messages")) {
      schemas.add(message.appendProperty("payload"));
    }
    schemas.add(JsonPointer.compile("/channels/socket/bindings/ws/query"));

    assertSchemas(ASYNC_API, schemas, "http://json-schema.org/draft-07/schema#");
  }

  /** In draft 7 whatever stands beside a reference is ignored, so nothing may. */
  @Test
  void nothingStandsBesideAReferenceInTheFrames() {
    assertThat(pointersTo("$ref", ASYNC_API.root()))
        .allSatisfy(reference -> assertThat(ASYNC_API.root().at(reference.head())).hasSize(1));
  }

  @Test
  void everyBodyHasAnExampleThatIsValid() {
    List<JsonPointer> schemas = pointersTo("schema", OPEN_API.root());
    List<JsonPointer> bodies =
        schemas.stream().filter(schema -> schema.toString().contains("/content/")).toList();

    assertThat(bodies).hasSizeGreaterThan(20);
    for (JsonPointer body : bodies) {
      List<JsonNode> examples = examplesBeside(body);
      assertThat(examples).as("examples at %s", body.head()).isNotEmpty();
      for (JsonNode example : examples) {
        assertThat(OPEN_API.faultsWhenClosed(body, example.toString()))
            .as("%s at %s", example, body.head())
            .isEmpty();
      }
    }
  }

  @Test
  void everyParameterHasAnExampleThatIsValid() {
    for (JsonPointer in : pointersTo("in", OPEN_API.root())) {
      JsonPointer parameter = in.head();
      if (parameter.toString().contains("/securitySchemes/")) {
        continue;
      }
      JsonNode example = OPEN_API.root().at(parameter).path("example");
      assertThat(example.isMissingNode()).as("no example at %s", parameter).isFalse();
      assertThat(OPEN_API.faults(parameter.appendProperty("schema"), example.toString()))
          .as("%s", parameter)
          .isEmpty();
    }
  }

  @Test
  void everyFrameHasAnExampleThatIsValid() {
    for (JsonPointer message : children(ASYNC_API.root(), "/components/messages")) {
      JsonNode examples = ASYNC_API.root().at(message).path("examples");
      assertThat(examples).as("examples at %s", message).isNotEmpty();
      for (JsonNode example : examples) {
        assertThat(
                ASYNC_API.faultsWhenClosed(
                    message.appendProperty("payload"), example.path("payload").toString()))
            .as("%s at %s", example, message)
            .isEmpty();
      }
    }
  }

  @Test
  void everyRouteHasANameOfItsOwnAndASummary() {
    Map<String, JsonNode> operations = operations();
    Map<String, String> names = new HashMap<>();

    assertThat(operations).isNotEmpty();
    operations.forEach(
        (route, operation) -> {
          assertThat(operation.path("summary").asText()).as(route).isNotBlank();
          String name = operation.path("operationId").asText();
          assertThat(name).as(route).matches("[a-z][A-Za-z]+");
          assertThat(names.put(name, route)).as("%s is named %s", route, name).isNull();
        });
  }

  @Test
  void everyVariableOfAPathIsDeclared() {
    for (JsonPointer path : children(OPEN_API.root(), "/paths")) {
      List<String> variables =
          PATH_VARIABLE
              .matcher(path.last().getMatchingProperty())
              .results()
              .map((MatchResult match) -> match.group(1))
              .toList();
      List<String> declared = new ArrayList<>();
      for (JsonPointer item : children(OPEN_API.root(), path + "/parameters")) {
        JsonNode parameter = OPEN_API.at(item);
        assertThat(parameter.path("required").asBoolean()).as("%s", item).isTrue();
        declared.add(parameter.path("name").asText());
      }

      assertThat(declared).as("%s", path).isEqualTo(variables);
    }
  }

  /** What can go wrong on every route of a kind is written down for each. */
  @Test
  void everyRouteSaysHowItRefuses() {
    operations()
        .forEach(
            (route, operation) -> {
              JsonNode responses = operation.path("responses");
              boolean open = operation.path("security").isArray();
              assertThat(responses.has("429")).as("%s: 429", route).isTrue();
              assertThat(responses.has("500")).as("%s: 500", route).isTrue();
              assertThat(responses.has("503")).as("%s: 503", route).isTrue();
              if (!open) {
                assertThat(responses.has("401")).as("%s: 401", route).isTrue();
              }
              if (operation.has("requestBody")) {
                assertThat(responses.properties().stream().map(Map.Entry::getKey))
                    .as(route)
                    .contains("400", "413", "422");
              }
            });
  }

  /** As the functions send them: each limit says what it is and when to come back. */
  @Test
  void whoIsToWaitIsToldHowLong() {
    for (JsonPointer responses : pointersTo("responses", OPEN_API.root())) {
      if (!responses.toString().startsWith("/paths/")) {
        continue;
      }
      JsonNode tooMany = OPEN_API.at(responses.appendProperty("429")).path("headers");
      JsonNode unavailable = OPEN_API.at(responses.appendProperty("503")).path("headers");
      assertThat(tooMany.properties().stream().map(Map.Entry::getKey))
          .as("%s", responses)
          .containsExactlyInAnyOrder("Retry-After", "RateLimit", "RateLimit-Policy");
      assertThat(unavailable.has("Retry-After")).as("%s", responses).isTrue();
    }
    for (JsonPointer header : children(OPEN_API.root(), "/components/headers")) {
      JsonNode example = OPEN_API.root().at(header).path("example");
      assertThat(OPEN_API.faults(header.appendProperty("schema"), example.toString()))
          .as("%s", header)
          .isEmpty();
    }
  }

  @Test
  void onlyLoggingInAndOutAndWhatMailsProveNeedNoAccessToken() {
    assertThat(
            operations().entrySet().stream()
                .filter(operation -> operation.getValue().has("security"))
                .map(Map.Entry::getKey))
        .containsExactly(
            "GET /auth/email/verify",
            "GET /auth/password/reset",
            "POST /auth/email/verify",
            "POST /auth/login",
            "POST /auth/logout",
            "POST /auth/password/forgot",
            "POST /auth/password/reset",
            "POST /auth/refresh",
            "POST /auth/register");
  }

  private static void assertSchemas(
      ContractDocument document, List<JsonPointer> schemas, String metaSchema) {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(metaSchema));

    assertThat(schemas).isNotEmpty();
    for (JsonPointer schema : schemas) {
      assertThat(meta.validate(document.root().at(schema).toString(), InputFormat.JSON))
          .as("%s", schema)
          .isEmpty();
    }
  }

  private static Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : OPEN_API.root().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          operations.put(
              operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
              operation.getValue());
        }
      }
    }
    return operations;
  }

  private static List<JsonNode> examplesBeside(JsonPointer schema) {
    JsonNode holder = OPEN_API.root().at(schema.head());
    List<JsonNode> examples = new ArrayList<>();
    if (holder.has("example")) {
      examples.add(holder.get("example"));
    }
    holder.path("examples").forEach(example -> examples.add(example.path("value")));
    return examples;
  }

  private static List<JsonPointer> children(JsonNode root, String parent) {
    JsonPointer pointer = JsonPointer.compile(parent);
    JsonNode node = root.at(pointer);
    List<JsonPointer> children = new ArrayList<>();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        children.add(pointer.appendIndex(i));
      }
    } else {
      node.fieldNames().forEachRemaining(name -> children.add(pointer.appendProperty(name)));
    }
    return children;
  }

  /** Pointers to every value of that name, outside of examples. */
  private static List<JsonPointer> pointersTo(String name, JsonNode root) {
    List<JsonPointer> found = new ArrayList<>();
    collect(name, root, JsonPointer.empty(), found);
    return found;
  }

  private static void collect(
      String name, JsonNode node, JsonPointer pointer, List<JsonPointer> found) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonPointer child = pointer.appendProperty(field.getKey());
      if (field.getKey().equals(name)) {
        found.add(child);
      } else if (!Set.of("example", "examples").contains(field.getKey())) {
        collect(name, field.getValue(), child, found);
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(name, node.get(i), pointer.appendIndex(i), found);
    }
  }
}
