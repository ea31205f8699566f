package io.quantchat.infra.database;

import io.quantchat.infra.database.item.ItemCodec;
import io.quantchat.infra.database.storage.Storage;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Tables as they are described. Of items there are counted at most {@value #MOST_COUNTED}: DynamoDB
 * itself counts them every six hours only.
 */
final class TableDescriptions {

  private static final int MOST_COUNTED = 1_000;
  private static final Storage.Range ALL = new Storage.Range(null, null, true);

  private final Storage storage;

  TableDescriptions(Storage storage) {
    this.storage = storage;
  }

  TableDescription of(Table table, TableStatus status) {
    long[] counted = counted(table);
    TableDescription.Builder description =
        TableDescription.builder()
            .tableName(table.name())
            .tableId(table.id())
            .tableArn("arn:aws:dynamodb:local:000000000000:table/" + table.name())
            .tableStatus(status)
            .creationDateTime(table.created())
            .keySchema(schema(table))
            .attributeDefinitions(definitions(table))
            .itemCount(counted[0])
            .tableSizeBytes(counted[1])
            .deletionProtectionEnabled(table.isProtected())
            .provisionedThroughput(throughput(table));
    if (table.provisioned().isEmpty()) {
      description.billingModeSummary(mode -> mode.billingMode(BillingMode.PAY_PER_REQUEST));
    }
    return description.build();
  }

  private long[] counted(Table table) {
    long[] itemsAndBytes = new long[2];
    storage.scan(
        table.space(),
        ALL,
        (_, value) -> {
          itemsAndBytes[0]++;
          itemsAndBytes[1] += ItemCodec.size(value);
          return itemsAndBytes[0] < MOST_COUNTED;
        });
    return itemsAndBytes;
  }

  private static List<KeySchemaElement> schema(Table table) {
    return Stream.concat(
            Stream.of(element(table.partitionKey(), KeyType.HASH)),
            table.sortKey().stream().map(key -> element(key, KeyType.RANGE)))
        .toList();
  }

  private static KeySchemaElement element(Table.Key key, KeyType type) {
    return KeySchemaElement.builder().attributeName(key.name()).keyType(type).build();
  }

  private static List<AttributeDefinition> definitions(Table table) {
    return Stream.concat(Stream.of(table.partitionKey()), table.sortKey().stream())
        .map(
            key ->
                AttributeDefinition.builder()
                    .attributeName(key.name())
                    .attributeType(key.type())
                    .build())
        .toList();
  }

  private static ProvisionedThroughputDescription throughput(Table table) {
    Table.Throughput units = table.provisioned().orElse(new Table.Throughput(0, 0));
    return ProvisionedThroughputDescription.builder()
        .readCapacityUnits(units.read())
        .writeCapacityUnits(units.write())
        .numberOfDecreasesToday(0L)
        .build();
  }
}
