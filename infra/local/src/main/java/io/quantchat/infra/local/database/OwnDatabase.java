package io.quantchat.infra.local.database;

import io.quantchat.infra.database.EmbeddedDatabase;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.nio.file.Path;
import java.util.Collection;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The database in this process: nobody else reaches it, and it lacks no table that is asked for.
 */
public final class OwnDatabase implements Database {

  private final EmbeddedDatabase database;
  private final DynamoDbClient client;

  private OwnDatabase(EmbeddedDatabase database) {
    this.database = database;
    this.client = database.client();
  }

  /** One whose tables vanish with the process. */
  public static OwnDatabase inMemory() {
    return new OwnDatabase(EmbeddedDatabase.inMemory());
  }

  /** One whose tables are in this folder. */
  public static OwnDatabase onDisk(Path folder) {
    return new OwnDatabase(EmbeddedDatabase.onDisk(folder));
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
  public void close() {
    client.close();
    database.close();
  }
}
