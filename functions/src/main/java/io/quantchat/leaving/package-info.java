/// Which accounts have left. Whoever leaves is gone from one transaction on: the account's row and
/// its address are deleted, and in the same moment this table says so to every function, until the
/// sweeps of [io.quantchat.erasure] have found what is left, and the last access token of the
/// account has run out. Nothing here is personal but ids and, until then, the address.
///
/// The table, which holds two rows for each account that is leaving, written and deleted together:
///
/// | attribute | type | the mark | in the queue |
/// |---|---|---|---|
/// | `place` (partition) | S | the account's id | `queue` |
/// | `user_id` (sort) | S | the account's id | the account's id |
/// | `left_at` | N | epoch milliseconds | the same |
/// | `addresses` | SS | | every form of its address |
/// | `blocked` | SS | | whom the account had blocked, if anybody |
/// | `swept_at` | N | | epoch milliseconds, once everything was looked through |
///
/// A mark is what each request with an access token asks for, so marks are spread over all
/// partitions; the queue is read by one function, once a minute.
package io.quantchat.leaving;
