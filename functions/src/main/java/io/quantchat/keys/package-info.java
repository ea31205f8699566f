/// The key directory: what an account publishes so that others can write to it. It holds public
/// keys alone, and verifies who signed them with [io.quantchat.crypto]; whether that is who it
/// should be is for clients to judge, which pin identities.
///
/// An account publishes a *bundle*, replaced by compare-and-swap on its version, and *batches* of
/// one-time prekeys, of which each is handed out once. A batch is signed by an identity and good
/// under it alone: with a bundle of another identity all batches of the one before are void, since
/// no sender would accept a prekey of theirs. A batch is handed out for as long as a bundle may
/// live, 30 days from the time that it was signed, or until the account withdraws all that it has,
/// as after a theft; after that the account publishes another, or has none.
///
/// The table of bundles:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `user_id` (partition) | S | whose |
/// | `version` | N | one higher each time |
/// | `good_until` | N | epoch milliseconds, as signed |
/// | `identity` | B | SHA-256 fingerprint of the identity that signed it |
/// | `last_resort` | S | id of the key to use where there is no one-time prekey |
/// | `bundle` | B | its JSON, with signatures, deflated: base64 comes out at the size of its bytes |
///
/// The table of prekeys, which holds three kinds of rows. The first is written with every prekey
/// that is handed out, and so is small; the other two are written once:
///
/// | attribute | type | a batch | its signatures | a prekey |
/// |---|---|---|---|---|
/// | `belongs_to` (partition) | S | the account's id | the batch's name | the batch's name |
/// | `place` (sort) | S | the batch's id | `signatures` | index in the batch, 3 digits |
/// | `name` | S | SHA-256 of what is signed, base64url | | |
/// | `identity` | B | fingerprint of who signed it | | |
/// | `created_at` | N | epoch milliseconds, as signed | | |
/// | `size`, `handed_out` | N | how many, and how many are gone, from index 0 on | | |
/// | `json` | B | | what all prekeys of the batch share, deflated | what they don't, deflated |
/// | `expires_at` | N | epoch seconds; TTL | the same | the same |
///
/// Batches aren't compared with each other: a pair that its owner signs into two of them is handed
/// out twice. That harms its owner alone, who can open but the first message under it, and programs
/// make fresh pairs for each batch; to look through all pairs of 30 days at each upload would cost
/// everybody another round trip.
///
/// There is no backup of prekeys: a table restored would hand out again what was handed out.
package io.quantchat.keys;
