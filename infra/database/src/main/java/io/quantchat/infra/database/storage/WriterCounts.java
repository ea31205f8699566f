package io.quantchat.infra.database.storage;

import java.time.Duration;

/**
 * What the writer has done.
 *
 * @param longestCommit nanoseconds
 */
record WriterCounts(long changes, long groups, int largestGroup, long longestCommit, long unnoted) {

  static final WriterCounts NONE = new WriterCounts(0, 0, 0, 0, 0);

  /** With a group that wrote nothing. */
  WriterCounts read(int size) {
    return new WriterCounts(changes + size, groups, largestGroup, longestCommit, unnoted);
  }

  WriterCounts committed(int size, long nanoseconds) {
    return new WriterCounts(
        changes + size,
        groups + 1,
        Math.max(largestGroup, size),
        Math.max(longestCommit, nanoseconds),
        unnoted);
  }

  /** With a group that was committed, but not noted. */
  WriterCounts withUnnoted() {
    return new WriterCounts(changes, groups, largestGroup, longestCommit, unnoted + 1);
  }

  StorageStats stats(long entries, long bytes, long logBytes) {
    return new StorageStats(
        entries,
        bytes,
        logBytes,
        changes,
        groups,
        groups,
        largestGroup,
        Duration.ofNanos(longestCommit),
        unnoted);
  }
}
