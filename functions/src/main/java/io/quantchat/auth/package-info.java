/// Registering and logging in: sessions, tickets, and the tokens that go with them.
///
/// **Who may do what.** Only {@link io.quantchat.auth.AuthHandler} can read the private halves of
/// the keys that sign access tokens; every other function has the public halves, and checks. Access
/// tokens are good for minutes and can't be taken back; a session lives as long as it is used, by
/// refresh tokens that are each good once; a socket opens with a ticket that is good once.
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
