package io.quantchat.infra.database;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/**
 * Requests about tables. A table can be used as soon as its creation is answered, and is gone as
 * soon as its deletion is; the answers say CREATING and DELETING all the same.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html">CreateTable</a>
 */
final class TableOperations {

  private static final int MOST_NAMES = 100;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  private final TableCatalog catalog;
  private final TableDescriptions descriptions;
  private final Clock clock;

  TableOperations(TableCatalog catalog, TableDescriptions descriptions, Clock clock) {
    this.catalog = catalog;
    this.descriptions = descriptions;
    this.clock = clock;
  }

  /** The table that a request about items names. */
  Table require(String name) {
    Table table = catalog.find(named(name));
    if (table == null) {
      throw Refusals.noTable();
    }
    return table;
  }

  /** The table that a request about tables names. */
  Table describe(String name) {
    Table table = catalog.find(named(name));
    if (table == null) {
      throw Refusals.noTable(name);
    }
    return table;
  }

  CreateTableResponse create(CreateTableRequest request) {
    refuseWhatIsNotHere(request);
    String name = named(request.tableName());
    Map<String, String> types = types(request);
    List<KeySchemaElement> schema =
        Requests.require(request.hasKeySchema() ? request.keySchema() : null, "keySchema");
    requireSchema(schema, types);
    Table table =
        new Table(
            name,
            UUID.randomUUID().toString(),
            clock.instant(),
            key(schema.get(0), types),
            schema.size() == 2 ? Optional.of(key(schema.get(1), types)) : Optional.empty(),
            Optional.empty(),
            throughput(request),
            Boolean.TRUE.equals(request.deletionProtectionEnabled()));
    if (!catalog.add(table)) {
      throw Refusals.inUse("Table already exists: " + name);
    }
    return Answers.ok(CreateTableResponse.builder())
        .tableDescription(descriptions.of(table, TableStatus.CREATING))
        .build();
  }

  DescribeTableResponse describe(DescribeTableRequest request) {
    return Answers.ok(DescribeTableResponse.builder())
        .table(descriptions.of(describe(request.tableName()), TableStatus.ACTIVE))
        .build();
  }

  DeleteTableResponse delete(DeleteTableRequest request) {
    Table table = describe(request.tableName());
    if (table.isProtected()) {
      throw Refusals.invalid(
          "Resource cannot be deleted as it is currently protected against deletion. Disable"
              + " deletion protection first.");
    }
    var description = descriptions.of(table, TableStatus.DELETING);
    if (!catalog.remove(table)) {
      throw Refusals.noTable(table.name());
    }
    return Answers.ok(DeleteTableResponse.builder()).tableDescription(description).build();
  }

  /** Switches the protection against deletion; nothing else of a table can be changed. */
  UpdateTableResponse update(UpdateTableRequest request) {
    Requests.refuse(
        !request.equals(
            UpdateTableRequest.builder()
                .tableName(request.tableName())
                .deletionProtectionEnabled(request.deletionProtectionEnabled())
                .overrideConfiguration(request.overrideConfiguration().orElse(null))
                .build()),
        "UpdateTable of anything but DeletionProtectionEnabled");
    Table table = describe(request.tableName());
    Boolean isProtected =
        Requests.require(request.deletionProtectionEnabled(), "deletionProtectionEnabled");
    Table changed = catalog.change(table, there -> there.withProtection(isProtected));
    return Answers.ok(UpdateTableResponse.builder())
        .tableDescription(descriptions.of(changed, TableStatus.UPDATING))
        .build();
  }

  ListTablesResponse list(ListTablesRequest request) {
    int limit = request.limit() == null ? MOST_NAMES : request.limit();
    if (limit < 1) {
      throw Requests.constraint(
          limit, "limit", "Member must have value greater than or equal to 1");
    }
    if (limit > MOST_NAMES) {
      throw Requests.constraint(limit, "limit", "Member must have value less than or equal to 100");
    }
    List<String> names = catalog.names(request.exclusiveStartTableName());
    ListTablesResponse.Builder response = Answers.ok(ListTablesResponse.builder());
    if (names.size() <= limit) {
      return response.tableNames(names).build();
    }
    return response
        .tableNames(names.subList(0, limit))
        .lastEvaluatedTableName(names.get(limit - 1))
        .build();
  }

  private static String named(String name) {
    String given = Requests.require(name, "tableName");
    if (!NAME.matcher(given).matches()) {
      throw Requests.constraint(
          given,
          "tableName",
          given.length() < 3
              ? "Member must have length greater than or equal to 3"
              : "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }
    return given;
  }

  private static void refuseWhatIsNotHere(CreateTableRequest request) {
    Requests.refuse(request.hasLocalSecondaryIndexes(), "CreateTable's LocalSecondaryIndexes");
    Requests.refuse(request.hasGlobalSecondaryIndexes(), "CreateTable's GlobalSecondaryIndexes");
    Requests.refuse(
        request.streamSpecification() != null
            && Boolean.TRUE.equals(request.streamSpecification().streamEnabled()),
        "CreateTable's StreamSpecification");
    Requests.refuse(request.globalTableSourceArn() != null, "CreateTable's GlobalTableSourceArn");
    Requests.refuse(
        request.globalTableSettingsReplicationMode() != null,
        "CreateTable's GlobalTableSettingsReplicationMode");
    Requests.refuse(request.hasVectorIndexes(), "CreateTable's VectorIndexes");
    Requests.refuse(request.resourcePolicy() != null, "CreateTable's ResourcePolicy");
    Requests.refuse(request.hasTags(), "CreateTable's Tags");
    Requests.refuse(request.sseSpecification() != null, "CreateTable's SSESpecification");
    Requests.refuse(request.tableClass() != null, "CreateTable's TableClass");
    Requests.refuse(request.warmThroughput() != null, "CreateTable's WarmThroughput");
    Requests.refuse(request.onDemandThroughput() != null, "CreateTable's OnDemandThroughput");
  }

  private static Map<String, String> types(CreateTableRequest request) {
    Requests.require(
        request.hasAttributeDefinitions() ? request.attributeDefinitions() : null,
        "attributeDefinitions");
    return request.attributeDefinitions().stream()
        .collect(
            Collectors.toMap(
                AttributeDefinition::attributeName,
                AttributeDefinition::attributeTypeAsString,
                (first, second) -> {
                  throw Refusals.invalid(
                      "Cannot have two attributes with the same name in AttributeDefinitions");
                }));
  }

  private static void requireSchema(List<KeySchemaElement> schema, Map<String, String> types) {
    if (schema.isEmpty()) {
      throw Requests.constraint(
          "[]", "keySchema", "Member must have length greater than or equal to 1");
    }
    if (schema.size() > 2) {
      throw Requests.tooMany(schema.size(), "keySchema", 2);
    }
    if (schema.get(0).keyType() != KeyType.HASH) {
      throw Refusals.invalid(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (schema.size() == 2 && schema.get(1).keyType() != KeyType.RANGE) {
      throw Refusals.invalid(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    long names = schema.stream().map(KeySchemaElement::attributeName).distinct().count();
    if (names < schema.size()) {
      throw Refusals.invalid(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    for (KeySchemaElement element : schema) {
      String type = types.get(element.attributeName());
      if (type == null) {
        throw Refusals.invalid(
            "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [%s], AttributeDefinitions: [%s]"
                .formatted(element.attributeName(), String.join(", ", types.keySet())));
      }
      if (!List.of("S", "N", "B").contains(type)) {
        throw Requests.notOneOf(type, "attributeDefinitions.1.member.attributeType", "[B, N, S]");
      }
    }
    if (types.size() > schema.size()) {
      throw Refusals.invalid(
          "One or more parameter values were invalid: Number of attributes in KeySchema does not"
              + " exactly match number of attributes defined in AttributeDefinitions");
    }
  }

  private static Table.Key key(KeySchemaElement element, Map<String, String> types) {
    return new Table.Key(element.attributeName(), types.get(element.attributeName()));
  }

  private static Optional<Table.Throughput> throughput(CreateTableRequest request) {
    var provisioned = request.provisionedThroughput();
    if (request.billingMode() == BillingMode.PAY_PER_REQUEST) {
      if (provisioned != null) {
        throw Refusals.invalid(
            "One or more parameter values were invalid: Neither ReadCapacityUnits nor"
                + " WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
      }
      return Optional.empty();
    }
    if (provisioned == null) {
      throw Refusals.invalid(
          "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must"
              + " both be specified when BillingMode is PROVISIONED");
    }
    return Optional.of(
        new Table.Throughput(provisioned.readCapacityUnits(), provisioned.writeCapacityUnits()));
  }
}
