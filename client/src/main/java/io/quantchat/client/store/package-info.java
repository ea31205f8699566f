/// The memory of a client: one SQLite file for one account.
///
/// Sealed with AES-256-GCM under the store's random key: texts and details of messages, sealed
/// messages on their way out, account, tokens, contacts, pins, and all private keys. In the clear:
/// ids, times, and how far each message is. The key is wrapped under one that Argon2id (RFC 9106)
/// makes of the passphrase.
///
/// The ledger vouches for what is in the clear, and for which rows there are: if somebody without
/// the passphrase alters a row, adds one, takes one away or puts one back, the next opening is
/// refused. Tables and indexes are this program's own, and indexes agree with their tables, or it
/// is refused, too. Whether the whole file was put back `LocalStore.copy()` says: a witness beside
/// the store has seen how far it was, and the ledger knows which file it was in. Who puts back
/// both, in place, isn't noticed here. What was written by a program of version 1 is believed once.
///
/// What is erased is in none of the files before the deleting call returns; of a received message,
/// before it is acknowledged. SQLite alone leaves copies in its log, and in pages from which it has
/// moved rows.
///
/// Order of writes:
///
/// - A message to send and its place in the outbox are one transaction. It is sealed once; the
///   sealed bytes, what the recipient's pin then is, and the end of the prekey are one transaction,
///   before the bytes leave. It leaves the outbox in the transaction that moves it to SENT or
///   FAILED, after the relay's answer. So a crash anywhere repeats the same bytes or nothing.
/// - A received message, the end of its one-time prekey, its key among those received, and the
///   sender's pin are one transaction, before the acknowledgement. So a crash anywhere leaves it
///   with the relay or here, and a repeat is recognised.
/// - The private parts of prekeys, and what is signed over the public ones, are one transaction,
///   before the directory gets it; that it has it is noted after its answer. So a crash anywhere
///   publishes the same again, and no key that others use is without its private part.
/// - A message's number is taken in the transaction that keeps its sealed bytes, and one that came
///   is noted in the transaction that stores its message: no number is used twice or forgotten.
/// - A message that can't be opened is noted to be asked for in the transaction that keeps its
///   refusal, before it is acknowledged; the request enters the outbox in the transaction that
///   notes that it was asked for.
/// - A message's files are sealed on the disk before the transaction that adds it with their keys,
///   and deleted after the one that deletes those: what dies in between leaves a file that nothing
///   opens, and the next opening deletes it.
/// - A receipt is owed in the transaction that stores what it tells, and until it was sent.
package io.quantchat.client.store;
