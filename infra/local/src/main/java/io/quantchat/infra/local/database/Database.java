package io.quantchat.infra.local.database;

import io.quantchat.infra.local.backup.Snapshot;
import io.quantchat.infra.local.metrics.MetricsSource;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.util.Collection;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The database that the functions' tables are in. */
public interface Database extends AutoCloseable {

  /** The way to the tables; closed with the database. */
  DynamoDbClient client();

  /**
   * Returns when every table can be used.
   *
   * @throws UnusableDatabaseException if one isn't there and may not be made, or has other keys
   */
  void prepare(Collection<TableSpec> tables, Tables.Reaping reaping);

  /** How it is copied; empty where that isn't this program's to do. */
  default Optional<Snapshot> snapshot() {
    return Optional.empty();
  }

  /** What can be counted of it; empty where nothing can. */
  default Optional<MetricsSource> metrics() {
    return Optional.empty();
  }

  @Override
  void close();
}
