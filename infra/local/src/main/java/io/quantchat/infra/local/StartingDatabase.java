package io.quantchat.infra.local;

import io.quantchat.infra.local.database.Database;
import io.quantchat.infra.local.database.DatabaseUrl;
import io.quantchat.infra.local.database.OwnDatabase;
import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.database.RemoteDatabase;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The database while it starts, which takes longest of all: it is opened on a thread of its own,
 * and its tables are made on another, while the rest is loaded.
 */
final class StartingDatabase implements AutoCloseable {

  private final Supplier<Database> opening;
  private final CompletableFuture<Database> opened = new CompletableFuture<>();
  private CompletableFuture<Void> prepared = CompletableFuture.completedFuture(null);

  private StartingDatabase(Supplier<Database> opening) {
    this.opening = opening;
  }

  /**
   * The database in a place. It isn't begun yet, but its folder is held, if it has one.
   *
   * @param parts gets what is to be closed
   * @throws StartFailure if it can be refused at once
   */
  static StartingDatabase in(Place place, OpenParts parts) throws StartFailure {
    return new StartingDatabase(opening(place, parts));
  }

  /** Begins to open it. */
  void begin(OpenParts parts) {
    Thread.ofPlatform()
        .daemon()
        .name("database-start")
        .start(() -> opened.completeAsync(opening, Runnable::run));
    parts.add(this);
  }

  private static Supplier<Database> opening(Place place, OpenParts parts) throws StartFailure {
    return switch (place) {
      case Place.Memory() -> OwnDatabase::inMemory;
      case Place.Folder(Path path) -> {
        Path tables = parts.add(DataFolder.take(path)).tables();
        yield () -> OwnDatabase.onDisk(tables);
      }
      case Place.Elsewhere(DatabaseUrl url, Place.Creation creation) ->
          () -> RemoteDatabase.at(url, creation);
    };
  }

  /** Waits until it is open, and begins to see to its tables. */
  Database prepare(Collection<TableSpec> tables, Tables.Reaping reaping) throws StartFailure {
    Database database = await(opened);
    prepared = CompletableFuture.runAsync(() -> database.prepare(tables, reaping));
    return database;
  }

  /** Waits until each table can be used. */
  void awaitPrepared() throws StartFailure {
    await(prepared);
  }

  private static <T> T await(CompletableFuture<T> future) throws StartFailure {
    try {
      return future.join();
    } catch (CompletionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new StartFailure(
          Objects.requireNonNullElseGet(cause.getMessage(), cause::toString), cause);
    }
  }

  /** Closes the database once it is open. */
  @Override
  public void close() {
    Database database = opened.exceptionally(neverOpened -> null).join();
    if (database != null) {
      database.close();
    }
  }
}
