package io.quantchat.infra.stack;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code AWS::DynamoDB::Table}. Indexes and streams are refused: nothing here keeps them. */
final class TableReader {
  private static final Set<String> HONOURED =
      Set.of("TableName", "AttributeDefinitions", "KeySchema", "TimeToLiveSpecification");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "BillingMode",
          "ContributorInsightsSpecification",
          "DeletionProtectionEnabled",
          "OnDemandThroughput",
          "PointInTimeRecoverySpecification",
          "ProvisionedThroughput",
          "ResourcePolicy",
          "SSESpecification",
          "TableClass",
          "Tags",
          "WarmThroughput");

  private TableReader() {}

  static TableSpec read(String logicalId, Properties table) {
    table.allow(HONOURED, WITHOUT_EFFECT);
    List<Properties> schema = table.children("KeySchema");
    TableSpec.Key partitionKey =
        key(table, schema, "HASH").orElseThrow(() -> table.refusal("KeySchema", "has no HASH key"));
    Optional<TableSpec.Key> sortKey = key(table, schema, "RANGE");
    int keys = sortKey.isPresent() ? 2 : 1;
    if (schema.size() != keys || table.children("AttributeDefinitions").size() != keys) {
      throw table.refusal("AttributeDefinitions", "and KeySchema must name the same keys");
    }
    return new TableSpec(
        logicalId,
        table.optionalText("TableName").orElse(logicalId),
        partitionKey,
        sortKey,
        timeToLive(table));
  }

  private static Optional<TableSpec.Key> key(
      Properties table, List<Properties> schema, String type) {
    return schema.stream()
        .filter(element -> element.text("KeyType").equals(type))
        .map(element -> element.text("AttributeName"))
        .map(name -> new TableSpec.Key(name, type(table, name)))
        .findFirst();
  }

  private static String type(Properties table, String attribute) {
    return table.children("AttributeDefinitions").stream()
        .filter(definition -> definition.text("AttributeName").equals(attribute))
        .map(definition -> definition.text("AttributeType"))
        .filter(Set.of("S", "N", "B")::contains)
        .findFirst()
        .orElseThrow(
            () ->
                table.refusal(
                    "AttributeDefinitions", "doesn't say S, N or B of the key " + attribute));
  }

  private static Optional<String> timeToLive(Properties table) {
    Properties specification = table.child("TimeToLiveSpecification");
    specification.allow(Set.of("AttributeName", "Enabled"), Set.of());
    return specification.flag("Enabled")
        ? Optional.of(specification.text("AttributeName"))
        : Optional.empty();
  }
}
