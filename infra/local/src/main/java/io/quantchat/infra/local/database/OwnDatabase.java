package io.quantchat.infra.local.database;

import io.quantchat.infra.database.EmbeddedDatabase;
import io.quantchat.infra.local.backup.Snapshot;
import io.quantchat.infra.local.metrics.MetricsSource;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The database in this process: nobody else reaches it, and it lacks no table that is asked for.
 */
public final class OwnDatabase implements Database {

  private final EmbeddedDatabase database;
  private final DynamoDbClient client;
  private final Optional<Snapshot> snapshot;

  private OwnDatabase(EmbeddedDatabase database, Optional<Snapshot> snapshot) {
    this.database = database;
    this.snapshot = snapshot;
    this.client = database.client();
  }

  /** One whose tables vanish with the process. */
  public static OwnDatabase inMemory() {
    return new OwnDatabase(EmbeddedDatabase.inMemory(), Optional.empty());
  }

  /** One whose tables are in this folder. */
  public static OwnDatabase onDisk(Path folder) {
    EmbeddedDatabase database = EmbeddedDatabase.onDisk(folder);
    return new OwnDatabase(database, Optional.of(database::backup));
  }

  @Override
  public DynamoDbClient client() {
    return client;
  }

  @Override
  public void prepare(Collection<TableSpec> tables, Tables.Reaping reaping) {
    new Tables(client).create(tables, reaping);
  }

  @Override
  public Optional<Snapshot> snapshot() {
    return snapshot;
  }

  @Override
  public Optional<MetricsSource> metrics() {
    return Optional.of(new StoreMetrics(database::stats));
  }

  @Override
  public void close() {
    client.close();
    database.close();
  }
}
