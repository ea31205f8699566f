package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.InvalidExpression;
import io.quantchat.infra.database.item.InvalidValue;
import io.quantchat.infra.database.storage.Storage;
import io.quantchat.infra.database.storage.StorageException;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** All that a client can ask for, and what befalls each request. */
final class Operations {

  /** What a caller is told to have waited for when a time-out befalls a request, in ms. */
  private static final long TIMEOUT = 2_000;

  private final Faults faults;
  private final Random random;
  private final Rows committed;
  private final History history;
  private final Fate calm;

  final TableOperations tables;
  final TimeToLiveOperations timeToLive;
  final ItemReads reads;
  final ItemWrites writes;
  final Queries queries;
  final BatchReads batchReads;
  final BatchWrites batchWrites;
  final Transactions transactions;

  Operations(Storage storage, TableCatalog catalog, RequestTokens tokens, Settings settings) {
    faults = settings.faults();
    random = new Random(faults.seed());
    committed = Rows.committed(storage);
    history = storage instanceof History remembered ? remembered : null;
    calm = new Fate(Set.of(), random, committed, null);
    tables = new TableOperations(catalog, new TableDescriptions(storage), settings.clock());
    timeToLive = new TimeToLiveOperations(catalog, tables);
    var writer = new Writer(storage);
    reads = new ItemReads(tables);
    writes = new ItemWrites(tables, writer);
    queries = new Queries(tables);
    batchReads = new BatchReads(tables);
    batchWrites = new BatchWrites(tables, writer);
    transactions = new Transactions(tables, storage, tokens);
  }

  /**
   * Does what a request about items asks for, unless something befalls it.
   *
   * @param operation its name, such as {@code PutItem}
   */
  <T> T run(String operation, Function<Fate, T> work) {
    if (history == null) {
      return answer(() -> work.apply(calm));
    }
    Fate fate = fate(operation);
    if (fate.holds(Fault.TIMEOUT_BEFORE)) {
      throw ApiCallTimeoutException.create(TIMEOUT);
    }
    if (fate.holds(Fault.THROTTLED)) {
      throw Refusals.throttled();
    }
    if (fate.holds(Fault.INTERNAL_ERROR_BEFORE)) {
      throw Refusals.internal();
    }
    if (fate.holds(Fault.CONFLICT)) {
      conflict(operation);
    }
    T answer = answer(() -> work.apply(fate));
    if (fate.holds(Fault.TIMEOUT_AFTER)) {
      throw ApiCallTimeoutException.create(TIMEOUT);
    }
    if (fate.holds(Fault.INTERNAL_ERROR_AFTER)) {
      throw Refusals.internal();
    }
    return answer;
  }

  /** Does what a request about tables asks for. */
  <T> T answer(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidExpression | InvalidValue invalid) {
      throw Refusals.invalid(invalid.getMessage());
    } catch (StorageException failed) {
      throw Refusals.internal(failed);
    }
  }

  private synchronized Fate fate(String operation) {
    // One generator for each request, so that what one draws changes nothing for the next.
    RandomGenerator own = new Random(random.nextLong());
    return new Fate(faults.befalling(operation, own), own, committed, history);
  }

  private static void conflict(String operation) {
    switch (operation) {
      case "PutItem", "UpdateItem", "DeleteItem" -> throw Refusals.conflict();
      default -> {}
    }
  }
}
