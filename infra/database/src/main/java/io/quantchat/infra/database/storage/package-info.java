/// Ordered bytes, in memory or in a folder on SQLite. A folder holds:
///
/// | file | what |
/// |---|---|
/// | `tables.db` | the database: a table `s1`, `s2`… a space, of `k` (key), `h` (the row's hash), `v` (value); and `ledger`, one row with the number of the last group of changes and each space's rows and sum of hashes |
/// | `tables.db-wal` | SQLite's log: what is committed and not yet in its place; gone after a clean end |
/// | `tables.db-shm` | SQLite's index of the log; it can be made anew |
/// | `tables.answered` | the number of the last group that was answered, in two places: with a log that was cut or lost, the ledger's is lower |
/// | `tables.lock` | held by the program that has the folder open |
///
/// A backup is one file, a `tables.db` that is marked as a copy: opened in a folder of its own, it
/// is read whole, its note is made, and the mark is taken from it. A new database begins the same
/// way, so that a start that was cut short leaves nothing half made.
///
/// The libraries that were measured are in `infra/bench/storage`. RocksDB and LMDB take less of the
/// processor, and MVStore is a fortieth of the weight; but MVStore takes five times the processor's
/// time for a durable write, RocksDB keeps what was deleted until it next merges its files and
/// brings a library for each system, and LMDB notices no altered byte. SQLite overwrites what is
/// deleted, and what it doesn't check is checked here.
package io.quantchat.infra.database.storage;
