/// Messages: stored, pushed, handed over, deleted.
///
/// One row of the messages table is one message that waits. Names are short, since each is paid for
/// with every message; a row is at most 200 bytes larger than what its sender put in.
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `recipient_id` (partition) | S | the recipient's id; behind `dropped#` what is withheld of a blocked sender |
/// | `message_id` (sort) | S | UUIDv7, so rows lie in the order of their time |
/// | `expires_at` | N | epoch seconds, not before the exact expiry; TTL |
/// | `x` | N | exact expiry, epoch milliseconds |
/// | `s` | B | the sender's id, 16 bytes |
/// | `t` | N | `created_at`, epoch milliseconds |
/// | `n` | N | sockets it was to be pushed to; absent for none |
/// | `o` | N | random number of the request that stored it |
/// | `e` | B | the envelope in CBOR |
/// | `u` | N | 1 where the recipient hadn't added the sender; else absent |
///
/// A row is written once, never changed, and deleted by its recipient's acknowledgement or by TTL.
package io.quantchat.relay;
