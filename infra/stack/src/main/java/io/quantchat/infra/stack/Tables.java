package io.quantchat.infra.stack;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Sees to it that a database holds the template's tables. */
public final class Tables {
  /** Whether expired items are reaped. */
  public enum Reaping {
    /** As the template says: where a table has a TTL attribute, its expired items vanish. */
    AS_DECLARED,
    /** Never: what expired stays until it is deleted, so that only the reader's clock hides it. */
    NEVER
  }

  private final DynamoDbClient client;

  public Tables(DynamoDbClient client) {
    this.client = client;
  }

  /**
   * Creates the tables that are missing, all at once, and returns when each can be used. Repeating
   * it changes nothing.
   *
   * @throws IllegalStateException if a table of that name is there with other keys
   */
  public void create(Collection<TableSpec> tables, Reaping reaping) {
    forEach(
        tables,
        table -> {
          create(table, reaping);
          return table;
        });
  }

  /**
   * The names of the tables that aren't there.
   *
   * @throws IllegalStateException if a table of that name is there with other keys
   */
  public List<String> missing(Collection<TableSpec> tables) {
    return forEach(tables, table -> isThere(table) ? "" : table.name()).stream()
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** All at once; results in the tables' order. */
  private static <T> List<T> forEach(Collection<TableSpec> tables, Function<TableSpec, T> task) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running =
          tables.stream().map(table -> threads.submit(() -> task.apply(table))).toList();
      return running.stream().map(Tables::await).toList();
    }
  }

  private boolean isThere(TableSpec table) {
    try {
      requireSameKeys(table, describe(table));
      return true;
    } catch (ResourceNotFoundException absent) {
      return false;
    }
  }

  private TableDescription describe(TableSpec table) {
    return whole(client.describeTable(describe -> describe.tableName(table.name())).table());
  }

  /** What is no database may answer 200, too. */
  private static TableDescription whole(TableDescription description) {
    if (description == null || !description.hasKeySchema()) {
      throw SdkClientException.create("An answer describes no table.");
    }
    return description;
  }

  private void create(TableSpec table, Reaping reaping) {
    TableDescription there;
    try {
      there = whole(client.createTable(request(table)).tableDescription());
    } catch (ResourceInUseException alreadyThere) {
      there = describe(table);
      requireSameKeys(table, there);
    }
    if (there.tableStatus() != TableStatus.ACTIVE) {
      awaitActive(table);
    }
    if (reaping == Reaping.AS_DECLARED) {
      table.timeToLive().ifPresent(attribute -> enableTimeToLive(table.name(), attribute));
    }
  }

  private void awaitActive(TableSpec table) {
    try (DynamoDbWaiter waiter = DynamoDbWaiter.builder().client(client).build()) {
      waiter.waitUntilTableExists(describe -> describe.tableName(table.name()));
    }
  }

  /** DynamoDB refuses to enable what is enabled, hence the look first. */
  private void enableTimeToLive(String table, String attribute) {
    TimeToLiveStatus status =
        client
            .describeTimeToLive(b -> b.tableName(table))
            .timeToLiveDescription()
            .timeToLiveStatus();
    if (status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING) {
      return;
    }
    client.updateTimeToLive(
        b ->
            b.tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
  }

  private static CreateTableRequest request(TableSpec table) {
    return CreateTableRequest.builder()
        .tableName(table.name())
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(definitions(table))
        .keySchema(schema(table))
        .build();
  }

  private static List<AttributeDefinition> definitions(TableSpec table) {
    return Stream.concat(Stream.of(table.partitionKey()), table.sortKey().stream())
        .map(
            key ->
                AttributeDefinition.builder()
                    .attributeName(key.name())
                    .attributeType(key.type())
                    .build())
        .toList();
  }

  private static List<KeySchemaElement> schema(TableSpec table) {
    return Stream.concat(
            Stream.of(element(table.partitionKey(), KeyType.HASH)),
            table.sortKey().stream().map(key -> element(key, KeyType.RANGE)))
        .toList();
  }

  private static KeySchemaElement element(TableSpec.Key key, KeyType type) {
    return KeySchemaElement.builder().attributeName(key.name()).keyType(type).build();
  }

  private static void requireSameKeys(TableSpec table, TableDescription there) {
    TableSpec found =
        new TableSpec(
            table.logicalId(),
            table.name(),
            key(there, KeyType.HASH).orElseThrow(),
            key(there, KeyType.RANGE),
            table.timeToLive());
    if (!found.equals(table)) {
      throw new IllegalStateException(
          "Table %s is there with other keys than the template's: it has %s, the template says %s. Remove that table, or give another database by --data or --database."
              .formatted(table.name(), keys(found), keys(table)));
    }
  }

  private static Optional<TableSpec.Key> key(TableDescription table, KeyType type) {
    return table.keySchema().stream()
        .filter(element -> element.keyType() == type)
        .map(KeySchemaElement::attributeName)
        .map(
            name ->
                table.attributeDefinitions().stream()
                    .filter(definition -> definition.attributeName().equals(name))
                    .map(definition -> new TableSpec.Key(name, definition.attributeTypeAsString()))
                    .findAny()
                    .orElseThrow())
        .findAny();
  }

  private static String keys(TableSpec table) {
    return table.partitionKey().name()
        + " ("
        + table.partitionKey().type()
        + ")"
        + table.sortKey().map(key -> ", " + key.name() + " (" + key.type() + ")").orElse("");
  }

  private static <T> T await(Future<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while looking after tables.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
