/// Accounts: the profile, the keys that it shows, whom it has blocked, and its presence. Each part
/// has a store of its own; all of them are the one row, so that whoever reads an account has read
/// all of it.
///
/// The table of accounts:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `user_id` (partition) | S | UUID |
/// | `email`, `username`, `full_name` | S | the profile; the address as it is shown |
/// | `password_hash` | S | a hash that no password has; the password's own only until the next login of an account from before there were credentials |
/// | `public_key` | S | the legacy single key, if any |
/// | `public_keys` | S | JSON: the list of keys, if any |
/// | `created_at` | N | epoch milliseconds |
/// | `blocked` | SS | ids of the accounts that this one has blocked |
/// | `presence_version` | N | rises with each change of the four below |
/// | `online_until`, `last_seen` | N | epoch milliseconds |
/// | `online_announced_at`, `offline_announced_at` | N | epoch milliseconds |
///
/// The table of addresses: `email` (partition, S: the canonical form, {@link
/// io.quantchat.accounts.EmailAddress}; in rows from before there was one, the address in lower
/// case) and `user_id` (S).
package io.quantchat.accounts;
