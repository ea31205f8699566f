package io.quantchat.testing;

import io.quantchat.host.Backoff;
import io.quantchat.infra.database.EmbeddedDatabase;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.Settings;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import io.quantchat.infra.stack.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * The template's tables for one test class, under names that no other class uses. A table is
 * created when it is first named. TTL is off: what expired stays, so that only a reader's clock can
 * hide it.
 */
public final class StoreTables implements AutoCloseable {

  /** Where all of it is. */
  static final Region REGION = Region.EU_WEST_1;

  private final DynamoDbClient client;
  private final Backoff.Sleeper sleeper;
  private final Tables.Reaping reaping;
  private final Map<String, TableSpec> specs;
  private final Map<String, String> created = new ConcurrentHashMap<>();
  private final String prefix = "test-" + UUID.randomUUID() + "-";

  private StoreTables(DynamoDbClient client, Backoff.Sleeper sleeper, Tables.Reaping reaping) {
    this.client = client;
    this.sleeper = sleeper;
    this.reaping = reaping;
    this.specs = stack().tables();
  }

  /** On the embedded database, for tests that have no need to run on both. */
  public static StoreTables embedded() {
    return on(StoreBackend.embedded());
  }

  /**
   * On an embedded database of its own, where this goes wrong. Who tries again there waits for
   * nobody: what goes wrong is drawn, and doesn't pass with time.
   */
  public static StoreTables failing(Faults faults) {
    return new StoreTables(
        EmbeddedDatabase.inMemory(Settings.DEFAULT.withFaults(faults)).client(),
        wait -> {},
        Tables.Reaping.NEVER);
  }

  /**
   * On this database, which deletes what has expired as the template says. Who tries again there
   * waits for nobody.
   */
  public static StoreTables reaped(DynamoDbClient client) {
    return new StoreTables(client, wait -> {}, Tables.Reaping.AS_DECLARED);
  }

  /**
   * @throws IllegalStateException if that backend isn't there
   */
  public static StoreTables on(StoreBackend backend) {
    return new StoreTables(
        backend.client().orElseThrow(() -> new IllegalStateException(backend + " isn't there.")),
        Backoff.onThisMachine(new Random()).sleeper(),
        Tables.Reaping.NEVER);
  }

  /** The template, resolved with its defaults, and an origin that browsers may call from. */
  public static Stack stack() {
    return Resolved.STACK;
  }

  /** Read once for all classes: that takes as long as several tests. */
  private static final class Resolved {
    static final Stack STACK =
        Template.read(Path.of(System.getProperty("quantchat.template")))
            .resolve(
                new Deployment(
                    REGION.id(),
                    "000000000000",
                    "quantchat",
                    Map.of(
                        "AllowedOrigin", "https://chat.example.com",
                        "MailFrom", "chat@example.com"),
                    "ws://localhost:8080",
                    "http://localhost:8080"));
  }

  /** The database's client, shared by all tests. */
  public DynamoDbClient client() {
    return client;
  }

  /** Waits before what passes in these tables is tried again. */
  public Backoff.Sleeper sleeper() {
    return sleeper;
  }

  /** The same behind interceptors such as a {@link CapacityCounter}, the first outermost. */
  public DynamoDbClient client(RequestInterceptor... interceptors) {
    return RequestInterceptor.before(client, interceptors);
  }

  /**
   * The name of a table, which is there when this returns.
   *
   * @param logicalId its name in the template, such as {@code ContactsTable}
   */
  public String name(String logicalId) {
    return created.computeIfAbsent(logicalId, this::create);
  }

  /** The table's name in the template. */
  public static String logicalId(String name) {
    return name.substring(name.lastIndexOf('-') + 1);
  }

  /** How many items there are, in all tables that were named so far together. */
  public int items() {
    return created.values().stream()
        .mapToInt(
            name ->
                client.scanPaginator(scan -> scan.tableName(name)).stream()
                    .mapToInt(ScanResponse::count)
                    .sum())
        .sum();
  }

  /** Empties every table that was named so far, by making it anew. */
  public void clear() {
    created.forEach(
        (logicalId, name) -> {
          drop(name);
          create(logicalId);
        });
  }

  @Override
  public void close() {
    created.values().forEach(this::drop);
  }

  private String create(String logicalId) {
    TableSpec spec = specs.get(logicalId);
    if (spec == null) {
      throw new IllegalArgumentException(
          "The template has no table " + logicalId + ", but " + specs.keySet());
    }
    TableSpec own =
        new TableSpec(
            logicalId, prefix + logicalId, spec.partitionKey(), spec.sortKey(), spec.timeToLive());
    new Tables(client).create(List.of(own), reaping);
    return own.name();
  }

  private void drop(String name) {
    client.deleteTable(b -> b.tableName(name));
    client.waiter().waitUntilTableNotExists(b -> b.tableName(name));
  }
}
