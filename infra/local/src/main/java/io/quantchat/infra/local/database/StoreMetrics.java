package io.quantchat.infra.local.database;

import io.quantchat.infra.database.storage.StorageStats;
import io.quantchat.infra.local.metrics.Exposition;
import io.quantchat.infra.local.metrics.MetricsSource;
import java.util.function.Supplier;

/** What the storage in this process tells of itself. */
record StoreMetrics(Supplier<StorageStats> stats) implements MetricsSource {

  private static final double NANOS = 1e9;

  @Override
  public void writeTo(Exposition out) {
    StorageStats now = stats.get();
    out.gauge("quantchat_store_entries", "Items and what finds them, of all tables.")
        .sample(now.entries());
    out.gauge("quantchat_store_bytes", "Size of the storage's files; 0 in memory.")
        .sample(now.bytes());
    out.gauge("quantchat_store_log_bytes", "Of these, the log of what isn't in its place yet.")
        .sample(now.logBytes());
    out.counter("quantchat_store_changes_total", "Changes that were committed.")
        .sample(now.changes());
    out.counter("quantchat_store_groups_total", "Groups of changes that were committed together.")
        .sample(now.groups());
    out.counter("quantchat_store_syncs_total", "How often the log was forced to the disk.")
        .sample(now.syncs());
    out.gauge("quantchat_store_largest_group", "The most changes in one group.")
        .sample((long) now.largestGroup());
    out.gauge("quantchat_store_longest_commit_seconds", "How long the slowest group took.")
        .sample(now.longestCommit().toNanos() / NANOS);
    out.counter("quantchat_store_unnoted_total", "Groups that a lost log would not be missed with.")
        .sample(now.unnoted());
  }
}
