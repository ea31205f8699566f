/// Accounts, sessions and tokens.
///
/// **Who may do what.** Only {@link io.quantchat.auth.AuthHandler} can read the private halves of
/// the keys that sign access tokens; every other function has the public halves, and checks. Access
/// tokens are good for minutes and can't be taken back; a session lives as long as it is used, by
/// refresh tokens that are each good once; a socket opens with a ticket that is good once.
///
/// The table of accounts:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `user_id` (partition) | S | UUID |
/// | `email`, `username`, `full_name` | S | the profile |
/// | `password_hash` | S | Argon2id in PHC form, or the original system's bcrypt |
/// | `public_key` | S | the legacy single key, if any |
/// | `public_keys` | S | JSON: the list of keys, if any |
/// | `created_at` | N | epoch milliseconds |
/// | `blocked` | SS | ids of the accounts that this one has blocked |
/// | `presence_version` | N | rises with each change of the four below |
/// | `online_until`, `last_seen` | N | epoch milliseconds |
/// | `online_announced_at`, `offline_announced_at` | N | epoch milliseconds |
///
/// The table of addresses: `email` (partition, S) and `user_id` (S).
///
/// The table of sessions, which holds two kinds of rows:
///
/// | attribute | type | in a session | in a ticket |
/// |---|---|---|---|
/// | `session_id` (partition) | S | UUID | `ticket#` and the ticket's SHA-256 in base64url |
/// | `user_id` | S | whose | whose |
/// | `token_hash` | B | SHA-256 of the newest refresh token's secret | |
/// | `issued_in` | S | | the session it was issued in |
/// | `good_until` | N | epoch milliseconds, exact | the same |
/// | `expires_at` | N | the same in epoch seconds, rounded up; TTL | the same |
///
/// The tables of signing keys (private halves) and token keys (public halves), both by `purpose`
/// (partition, S: `access-token`) and `key_id` (sort, S):
///
/// | attribute | type | private half | public half |
/// |---|---|---|---|
/// | `private_key` | B | PKCS#8 | |
/// | `public_key` | B | | X.509 SubjectPublicKeyInfo |
/// | `created_at` | N | epoch milliseconds | |
/// | `expires_at` | N | | epoch seconds; only once the key signs no more; TTL |
package io.quantchat.auth;
