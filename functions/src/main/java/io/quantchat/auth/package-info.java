/// Registering and logging in: sessions, tickets, and the tokens that go with them.
///
/// **Who may do what.** Only {@link io.quantchat.auth.AuthHandler} can read the private halves of
/// the keys that sign access tokens; every other function has the public halves, and checks. Access
/// tokens are good for minutes and can't be taken back; a session lives as long as it is used, and
/// no longer than half a year, by refresh tokens that are each good once; a socket opens with a
/// ticket that is good once.
///
/// The table of sessions by account. A reader who doesn't check tokens leaves out the three that
/// they are checked by:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `user_id` (partition) | S | whose |
/// | `session_key` (sort) | S | SHA-256, in base64url, of what its refresh tokens share |
/// | `session_id` | S | UUID, by which access tokens and its owner call it |
/// | `client_name` | S | what the program called itself, if it did |
/// | `created_at`, `used_at` | N | epoch milliseconds: login, newest refresh token |
/// | `good_until`, `ends_at` | N | epoch milliseconds, exact: unless it is used, however it is used |
/// | `tickets` | M | until when each ticket is good that was issued in it of late, by its key |
/// | `expires_at` | N | `good_until` in epoch seconds, rounded up; TTL |
/// | `token_hash` | B | SHA-256 of the newest refresh token's secret |
/// | `previous_hash` | B | the same of the token before, if there was one |
/// | `salt` | B | what the newest was made with from the one before |
///
/// A row there with the `session_key` `earlier` says that the account's sessions in the table below
/// have ended, but for the one that it names in `spared` (S).
///
/// The table of tickets, and of sessions from before there was the one above:
///
/// | attribute | type | in a ticket | in a session |
/// |---|---|---|---|
/// | `session_id` (partition) | S | `ticket#` and the ticket's SHA-256 in base64url | UUID |
/// | `user_id` | S | whose | whose |
/// | `issued_in` | S | the session it was issued in | |
/// | `token_hash` | B | | SHA-256 of the newest refresh token's secret, and again of that once it has moved |
/// | `moved_with` | B | | the salt it has moved with, if it has |
/// | `good_until` | N | epoch milliseconds, exact | the same |
/// | `expires_at` | N | the same in epoch seconds, rounded up; TTL | the same |
///
/// The table of credentials: `user_id` (partition, S) and `password_hash` (S), Argon2id in PHC form
/// or the original system's bcrypt.
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
///
/// The table of proofs by mail, by `proof` (partition, S: `verify#` or `reset#` and the user's id):
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `user_id` | S | whose |
/// | `address` | S | where it was mailed to |
/// | `token_hash`, `code_hash` | B | SHA-256 of the link's token and of the code |
/// | `tries` | N | codes that were tried |
/// | `good_until` | N | epoch milliseconds, exact |
/// | `expires_at` | N | the same in epoch seconds, rounded up; TTL |
package io.quantchat.auth;
