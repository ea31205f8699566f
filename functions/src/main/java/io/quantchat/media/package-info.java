/// Attachments: who may put an encrypted file into the bucket, get it and delete it. The bytes go
/// between client and bucket by links that are signed here, and through no function. What they are
/// stays with those who have the key: the server knows an id that nobody guesses, a padded size and
/// the hash of a ciphertext, and not who uploaded it.
///
/// The table of attachments:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `media_id` (partition) | S | 32 random bytes, base64url |
/// | `size` | N | bytes of the ciphertext |
/// | `sha256` | B | its hash |
/// | `delete_hash` | B | SHA-256 of the secret that deletes it |
/// | `parts` | B | the hashes of its parts of 8 MiB, one behind the other; absent if it is put at once |
/// | `upload_id` | S | of the upload in parts |
/// | `completed` | N | 1 once the parts are one object |
/// | `exact_expiry` | N | epoch milliseconds: 7 days after it was made |
/// | `expires_at` | N | epoch seconds, not before that; TTL |
///
/// The object of a row is `media/` and the id. What the two are to each other at every step, each
/// of which may be the last one of a function that dies, is said in [MediaService].
package io.quantchat.media;
