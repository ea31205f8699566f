package io.quantchat.infra.database;

import io.quantchat.infra.database.storage.DiskStorage;
import io.quantchat.infra.database.storage.MemoryStorage;
import io.quantchat.infra.database.storage.Storage;
import io.quantchat.infra.database.storage.StorageException;
import io.quantchat.infra.database.storage.StorageStats;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB in this process: no port, no other process, no AWS account. All clients of one database
 * see the same tables.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private final Storage storage;
  private final Reaper reaper;
  private final Operations operations;

  /** Whose files a backup is a copy of; empty in memory. */
  private final Optional<DiskStorage> disk;

  private EmbeddedDatabase(Storage storage, Optional<DiskStorage> disk, Settings settings) {
    this.disk = disk;
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
    return new EmbeddedDatabase(new MemoryStorage(), Optional.empty(), settings);
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
    DiskStorage storage = DiskStorage.open(folder);
    try {
      return new EmbeddedDatabase(storage, Optional.of(storage), settings);
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
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

  /**
   * Writes a copy of all tables as of one moment into a new file, for its owner alone, while others
   * go on. {@link DiskStorage#restore} makes a folder of it.
   *
   * @throws StorageException if the file is there already or can't be written, and there is none
   *     then; or if the tables are in memory
   */
  public void backup(Path file) {
    disk.orElseThrow(
            () -> new StorageException("Tables in memory have no backup: keep them in a folder."))
        .backup(file);
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
