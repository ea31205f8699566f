/// DynamoDB in the process, for one machine: a `DynamoDbClient` whose tables lie in memory or in a
/// folder. No port, no other process, no AWS account; nothing of it goes into a function's zip.
///
/// ```
/// EmbeddedDatabase   a storage, its tables, a reaper; hands out clients
///   EmbeddedClient   one method for each operation; all else RefusingClient refuses by name
///     Operations     what befalls a request (Faults, Fate), then the work, then its errors
///       TableOperations, TimeToLiveOperations          tables (TableCatalog keeps them)
///       ItemReads, BatchReads, Queries (Page)          reads, of Rows as a Fate shows them
///       ItemWrites, BatchWrites, Transactions          writes: a Write is prepared outside of the
///                                                      storage's change, and tried inside of it
///   expression       AWS's grammar of conditions, filters, projections, updates
///   item             values: numbers, order, size, bytes of items and of keys
///   storage          ordered bytes: MemoryStorage, DiskStorage
/// ```
///
/// ## What is promised
///
/// - **All or nothing, and durable.** Each write, each transaction, is one change of the storage:
///   once it is answered it is there, on disk also after a power cut; if it fails, none of it is.
///   Conditions are evaluated inside of that change, so no other write comes between.
/// - **True to DynamoDB** as AWS documents it: errors' classes, codes and messages, cancellation
///   reasons, returned values, pages of 1 MiB before the filter, limits of items, keys and batches,
///   numbers of 38 digits, consumed capacity by AWS's published arithmetic. Tests hold it by AWS's
///   pages, and by playing random operations on it and on other implementations.
/// - **What it doesn't know it refuses by name**, with an `UnsupportedOperationException`: indexes,
///   streams, backups, PartiQL, segments of scans, the parameters that expressions replaced.
///
/// ## What is not
///
/// - Throttling by itself: capacity is counted, and never runs out. `Faults` throttles on request.
/// - Eventually consistent reads see what is committed, unless `Faults` makes them stale.
/// - Retries: what a fault throws is what the SDK throws once it has given up.
/// - The order of a scan, which DynamoDB doesn't promise either; here it is that of the keys.
/// - Waiting: a table is there when its creation is answered, and gone when its deletion is.
/// - `Value … at '…' failed to satisfy constraint` doesn't repeat what is too long a list, as AWS
///   does.
package io.quantchat.infra.database;
