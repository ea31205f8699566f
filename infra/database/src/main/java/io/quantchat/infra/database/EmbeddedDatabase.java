package io.quantchat.infra.database;

import io.quantchat.infra.database.storage.DiskStorage;
import io.quantchat.infra.database.storage.MemoryStorage;
import io.quantchat.infra.database.storage.Storage;
import io.quantchat.infra.database.storage.StorageException;
import io.quantchat.infra.database.storage.StorageStats;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB in this process: no port, no other process, no AWS account. All clients of one database
 * see the same tables.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private final Storage storage;
  private final Reaper reaper;
  private final Operations operations;

  private EmbeddedDatabase(Storage storage, Settings settings) {
    this.storage = settings.faults().equals(Faults.NONE) ? storage : new History(storage);
    TableCatalog catalog = TableCatalog.open(this.storage);
    var tokens = new RequestTokens(this.storage, settings.clock());
    this.operations = new Operations(this.storage, catalog, tokens, settings);
    this.reaper = new Reaper(this.storage, catalog, tokens, settings);
    reaper.start();
  }

  /** Empty, and gone with the process. */
  public static EmbeddedDatabase inMemory() {
    return inMemory(Settings.DEFAULT);
  }

  /** Empty, and gone with the process. */
  public static EmbeddedDatabase inMemory(Settings settings) {
    return new EmbeddedDatabase(new MemoryStorage(), settings);
  }

  /**
   * In a folder, which is made if it is missing. What was answered is there again the next time,
   * also after a power cut.
   *
   * @throws StorageException if the folder can't be used; the message says why and what to do
   */
  public static EmbeddedDatabase onDisk(Path folder) {
    return onDisk(folder, Settings.DEFAULT);
  }

  /**
   * In a folder, which is made if it is missing.
   *
   * @throws StorageException if the folder can't be used; the message says why and what to do
   */
  public static EmbeddedDatabase onDisk(Path folder, Settings settings) {
    return new EmbeddedDatabase(DiskStorage.open(folder), settings);
  }

  /** A client. Whoever closes it closes nothing else. */
  public DynamoDbClient client() {
    return new EmbeddedClient(operations);
  }

  /**
   * Deletes what has expired, now, in all tables where that is switched on.
   *
   * @return how many items
   */
  public int reap() {
    return reaper.reap();
  }

  /** What the storage holds and has done. */
  public StorageStats stats() {
    return storage.stats();
  }

  /** Ends what was begun; what clients ask for afterwards is refused. */
  @Override
  public void close() {
    reaper.close();
    storage.close();
  }
}
