package io.quantchat.infra.database.storage;

import java.time.Duration;

/**
 * What a storage holds and has done since it was opened. All counts only grow, but for entries and
 * sizes.
 *
 * @param entries keys in all spaces
 * @param bytes of its files; 0 in memory
 * @param logBytes of these, the log of what isn't in its place yet
 * @param changes that were committed, or read only
 * @param groups of changes that were committed together
 * @param syncs how often the log was forced to the disk so that changes could be answered: once a
 *     group that wrote
 * @param largestGroup the most changes that one of them carried
 * @param longestCommit how long the slowest took
 * @param unnoted groups that are durable, but whose number couldn't be noted beside the database:
 *     if the log were lost then, these wouldn't be missed
 */
public record StorageStats(
    long entries,
    long bytes,
    long logBytes,
    long changes,
    long groups,
    long syncs,
    int largestGroup,
    Duration longestCommit,
    long unnoted) {

  static StorageStats inMemory(long entries, long changes) {
    return new StorageStats(entries, 0, 0, changes, 0, 0, 0, Duration.ZERO, 0);
  }
}
