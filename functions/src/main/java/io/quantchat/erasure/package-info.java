/// Deletes what is left of accounts that have left ([io.quantchat.leaving]), once a minute, as much
/// as one run may do.
///
/// Nothing is noted but that everything was looked through: a sweep deletes what it finds, and the
/// row by which it finds it last, so whoever is interrupted at any request begins anew, and finds
/// what is left. To do it again, or twice at once, changes nothing.
///
/// There are two sweeps. What may last without an end is written under the condition that its
/// account exists, in one transaction, so that nothing of it comes after the account has left. What
/// ends by itself (messages, sockets, sessions, prekeys) may come of a request that had begun
/// before: the second sweep begins when no such request can be under way, and no access token of
/// the account is good any more, and deletes the marks after all.
///
/// What the account has sent and its recipients have not fetched stays: it is theirs, nothing leads
/// to it but their own queues, and it ends within 7 days. What was withheld from those who had
/// blocked it is deleted.
package io.quantchat.erasure;
