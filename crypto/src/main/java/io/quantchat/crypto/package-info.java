/// End-to-end encryption: what leaves a client only its recipient can read, today and with a
/// quantum computer tomorrow. No network, no storage; time and randomness are passed in.
///
/// [MessageSealer] and [MessageOpener] are the two ends; [Peer] says who is trusted and how strong
/// a message must be; [SignedBundle] and [PrekeyBatch] are what an account publishes, and what a
/// server verifies before it stores them; [OfferedPrekeys] is what it hands out; [SafetyNumber] is
/// what people compare; [FileSealer] and [FileOpener] are for what is too large for a message. All
/// that isn't accepted is a [RefusedException] with a [Refusal] of its own.
///
/// This text is the whole of it: another implementation is made from it alone, and tested against
/// `crypto/known-answers.json`, which holds every intermediate value below.
///
/// # Suites
///
/// | | v1 | v2 |
/// |---|---|---|
/// | `crypto_version` | `v1` | `v2` |
/// | `encryption_algorithm` | `ECDH-AES256-GCM` | `ML-KEM-768-AES256-GCM` |
/// | `kdf_algorithm`, Extract and Expand | `HKDF-SHA256` | `HKDF-SHA3-256` |
/// | H | SHA-256 | SHA3-256 |
/// | signatures, exactly, in this order | `ECDSA-P256-SHA256` | `ECDSA-P256-SHA256`, `ML-DSA-65` |
/// | label | `QuantChat-v1-msg` | `QuantChat-v2-msg` |
///
/// v2 is a hybrid of ECDH on P-256 and ML-KEM-768: it holds while either does. Two programs use the
/// strongest suite that both have; v2 is the stronger. A suite is all of its three names together:
/// others may come that share one or two of them. [Suite] is the registry. HKDF is RFC 5869, with
/// HMAC over H.
///
/// # Encodings
///
/// ## In what is hashed and signed
///
/// - Every number is big endian: lengths, counters, times, coordinates, scalars, r and s.
/// - `LP(x)` is x behind its length in 4 bytes; `LP(x, y)` is `LP(x) ‖ LP(y)`; `[x, y]` as a field
///   is `LP(x, y)` as one field, `[]` the empty one; `‖` puts bytes behind each other, without a
///   length.
/// - An id of a user, a message or a batch is its 16 bytes in the order in which the UUID is
///   written (RFC 9562). A time is its milliseconds since 1970 in 8 bytes, a number 8 bytes. A text
///   is its UTF-8: labels, names of algorithms, statuses and capabilities are, and so are the **ids
///   of keys**, which enter as the text that they are and not as the bytes that it stands for. What
///   is absent is empty, a field of length 0.
/// - Half of a surrogate pair is no character and has no UTF-8. Where it is in a text that would be
///   hashed, signed or sealed, that is MALFORMED; nothing (`?`, U+FFFD) is put in its place.
/// - U+FEFF at a text's beginning, a byte order mark elsewhere, is a character like any other: it
///   isn't taken off.
/// - Capabilities are sorted, keys of a bundle by their ids, both by their bytes, which are ASCII.
///   Whoever reads them **sorts them again**: in which order they came doesn't matter and isn't
///   signed. Prekeys of a batch are in the order of their indices. In which order signatures stand
///   doesn't matter anywhere.
///
/// ## In JSON
///
/// - Bytes are base64 with padding (RFC 4648 §4) in its one canonical spelling: what decodes and is
///   encoded again must be the same text. Ids are UUIDs in lower case. Times are RFC 3339 in UTC
///   with three digits of milliseconds and `Z`, 24 characters, from 1970-01-01T00:00:00.000Z to
///   9999-12-31T23:59:59.999Z, without leap seconds or an hour 24. Numbers are whole, from 0 to
///   2^53 - 1, written without fraction and exponent. Ids of keys are 1 to 64 of `A-Z a-z 0-9 - _`.
/// - A member of `null` is absent; members that aren't named here are passed over; a name twice in
///   one object is no JSON. Limits are in "Limits" below.
/// - Fields are read in the order in which tables below list them, and the first that is wrong is
///   refused: MISSING where there is none; MALFORMED where it is of another type or form; EXTENDED
///   for a list with too many elements, before one is read; of base64 first the length of the text,
///   for the bytes that it may hold (TRUNCATED, EXTENDED), then the spelling (MALFORMED), then the
///   number of bytes (TRUNCATED, EXTENDED); then what the bytes are (INVALID_KEY).
///
/// ## Keys and signatures
///
/// - P-256 points are 65 bytes (SEC 1, uncompressed, first byte 4), checked to be on the curve.
///   ML-KEM-768 encapsulation keys are 1184 bytes, checked against the modulus (FIPS 203 §7.2),
///   ciphertexts 1088. ML-DSA-65 keys are 1952 bytes, signatures 3309 (FIPS 204, pure, hedged,
///   empty context).
/// - ECDSA signatures are `r ‖ s`, 32 bytes each (FIPS 186-5; made with the nonces of RFC 6979, and
///   s as it comes out). **High s is accepted**: of each signature (r, s) there is a second one,
///   (r, n - s), that anybody can make, and both are good: libraries, those of browsers among them,
///   make either. So nothing is known, sorted, compared or remembered by its signatures.
/// - ECDH gives the x coordinate, 32 bytes.
/// - Private keys are kept as a scalar of 32 bytes, from 1 to n - 1, ML-KEM's `d ‖ z` of 64,
///   ML-DSA's `ξ` of 32.
/// - A key's algorithm is `ECDSA-P256`, `ML-DSA-65`, `ECDH-P256` or `ML-KEM-768`. Its id is
///   base64url, unpadded, of the first 16 bytes of `SHA-256(LP("QuantChat-key-id", algorithm,
///   key))`, 22 characters; a one-time pair's of `SHA-256(LP("QuantChat-key-id", "ECDH-P256", key,
///   "ML-KEM-768", key))`. An id can't name another key than its own: WRONG_KEY.
///
/// # Keys of an account
///
/// An *identity* is an ECDSA key and an ML-DSA key; it signs bundles, batches and messages. A
/// *signed prekey* (ECDH) and a *last-resort key* (ML-KEM) are replaced weekly, and their private
/// parts deleted 8 days later. *One-time prekeys*, pairs of ECDH and ML-KEM, are handed out once
/// each; their private parts are deleted with the first message that they open.
///
/// ## Bundle
///
/// A bundle lists capabilities (the names of suites, and other names that say what a program can)
/// and keys, for at most 30 days, with a version one higher each time, from 1. Both identity keys
/// sign
///
/// ```
/// LP("QuantChat-bundle-v1", user id, version, created, expires, [capabilities...], [key...])
/// key = LP(id, algorithm, status, created, SHA-256(key data))
/// ```
///
/// | bundle | | key | | signature | |
/// |---|---|---|---|---|---|
/// | `user_id` | id | `algorithm` | text | `algorithm` | text |
/// | `bundle_version` | number | `key_id` | id of a key | `key_id` | id of a key |
/// | `created_at` | time | `key_data` | base64 | `signature` | base64 |
/// | `expires_at` | time | `created_at` | time | | |
/// | `capabilities` | list of texts | `status` | text | | |
/// | `keys` | list of keys | | | | |
/// | `signatures` | list of signatures | | | | |
///
/// - A status is `active`, `deprecated` (decrypts what is pending, is not to be used any more) or
///   `revoked` (isn't used at all); another is MALFORMED.
/// - Keys of algorithms that aren't known are kept as they are: they are signed, too. A signature
///   of an algorithm that isn't known is passed over, whatever else is in it; only of the two
///   algorithms of identities there must be one each, by the id of the identity's key.
/// - No capability is MISSING, a name twice or of another form MALFORMED. A key is checked as soon
///   as its members are read, in this order: the name of its algorithm isn't text (MALFORMED), or
///   too short or long; it is no key (INVALID_KEY); its id isn't its own (WRONG_KEY). The bundle is
///   checked before its signatures are read, in this order: a key is there twice, or two of one
///   algorithm are active (WRONG_KEY); the version is 0 (MALFORMED); the life isn't above 0 and up
///   to 30 days (MALFORMED); there is no active key of `ECDSA-P256`, `ML-DSA-65`, `ECDH-P256`, or,
///   where v2 is one of its capabilities, `ML-KEM-768` (MISSING).
/// - To verify it at a time: EXPIRED_BUNDLE from `expires_at` on; FUTURE_BUNDLE where `created_at`
///   is more than 5 minutes later; then for ECDSA and after it for ML-DSA MISSING_SIGNATURE,
///   UNEXPECTED_SIGNATURE (a second one), WRONG_KEY (of another id), BAD_SIGNATURE.
///
/// ## Batch of one-time prekeys
///
/// A batch of 1 to 128 prekeys is signed once, by both identity keys:
///
/// ```
/// LP("QuantChat-prekeys-v1", user id, batch id, created, count, root)
/// leaf(i) = SHA-256(0x00 ‖ LP(i, id, ECDH key, ML-KEM key))
/// node    = SHA-256(0x01 ‖ left ‖ right)       filler = SHA-256(0x02)
/// ```
///
/// i counts from 0. The tree's leaves are brought to a power of two by fillers; a path goes from
/// the leaf up and has exactly the tree's height, the logarithm of the count, rounded up: for one
/// prekey 0, for 128 prekeys 7. At height h the node is on the right where bit h of i is set.
///
/// | uploaded | one prekey of it | offered alone | offered together | a batch of these | a prekey of these |
/// |---|---|---|---|---|---|
/// | `user_id` | `ecdh` | `user_id` | `user_id` | `batch_id` | `batch` |
/// | `batch_id` | `mlkem` | `batch_id` | `batches` | `created_at` | `index` |
/// | `created_at` | `key_id` | `created_at` | `one_time_prekeys` | `count` | `path` |
/// | `prekeys` | | `count` | | `root` | `ecdh` |
/// | `signatures` | | `root` | | `signatures` | `mlkem` |
/// | | | `signatures` | | | `key_id` |
/// | | | `index` | | | |
/// | | | `path` | | | |
/// | | | `ecdh`, `mlkem`, `key_id` | | | |
///
/// - `ecdh`, `mlkem`, `root` and each hash of a `path` are base64; `count`, `index` and `batch`
///   numbers. `key_id` is the pair's. A pair twice in a batch is REUSED_PREKEY.
/// - The directory hands out up to 5 *together*, and of each batch what they share once: `batch` is
///   the place of the prekey's batch in `batches`, from 0 (MALFORMED where there is none). Where
///   the prekey before it in the list is of the same place, the end of its path that both share is
///   left out: with d the number of binary digits of the exclusive or of both indices, `path` has d
///   hashes, and from height d on the path is the one before. Its length is checked (TRUNCATED,
///   EXTENDED) before keys are read. Beside them stands the bundle, as `bundle`: `null` where
///   whoever asked has that version.
/// - A program keeps an offer as one *alone*, which stands by itself, and uses it within 7 days of
///   getting it, once.
/// - To verify one: WRONG_USER (of another account); BAD_PROOF (leaf and path don't lead to the
///   root); then signatures, as for a bundle; then EXPIRED_PREKEY from 37 days after `created_at`
///   on (30 in which it is handed out, 7 in which it may be used), or where `created_at` is more
///   than 5 minutes ahead; REUSED_PREKEY where this account has used that id before. Its owner
///   keeps the private parts of one that nobody has used for 60 days.
///
/// # A message
///
/// `E` is a fresh ephemeral ECDH key `e`; `SPK` the recipient's active signed prekey; `OPK` the
/// one-time pair's ECDH key, if there is a pair. `ek` is in v2 the pair's ML-KEM key, else the
/// active last-resort key; in v1 there is no `ek`, no `ct` and no kem key id: all three are empty,
/// also with a pair, whose ML-KEM key then takes no part. The mode says what took part: `spk`,
/// `spk+opk` (v1), `spk+kem`, `spk+opk+kem` (v2).
///
/// ```
/// TH = H(LP(label, crypto_version, encryption_algorithm, kdf_algorithm,
///           message id, sender id, recipient id, created,
///           FP(sender), FP(recipient), H(recipient's bundle), H(LP(sender's capabilities...)),
///           [[ids of the sender's signing keys, in the suite's order],
///            [spk id, opk id, kem key id]],
///           mode, E, SPK, OPK, ek, ct))
/// FP(x)        = H(LP("QuantChat-identity", ECDSA key, ML-DSA key))
/// H(bundle)    = H of what is signed of it
/// v1: IKM      =       ECDH(e, SPK) ‖ [ECDH(e, OPK)]
/// v2: IKM      = ss ‖ ECDH(e, SPK) ‖ [ECDH(e, OPK)]         ss, ct = Encapsulate(ek)
/// PRK          = Extract(salt = label, IKM)
/// KEK(32) ‖ N(12)   = Expand(PRK, "kek" ‖ TH, 44)
/// wrap(48)     = AES-256-GCM(KEK, N, CEK, TH)               CEK: 32 random bytes
/// K_c(32) ‖ COM(32) = Expand(CEK, "content" ‖ TH, 64)
/// padded       = text ‖ 0x80 ‖ zeros
/// encrypted_content = 0x01 ‖ nonce(12) ‖ COM ‖ AES-256-GCM(K_c, nonce, padded, TH ‖ wrap)
/// signature    = Sign(LP(label ‖ "-sig", TH, H(wrap), H(encrypted_content), H(media_refs),
///                        [required algorithms...], [ids of the signing keys...], timestamp))
/// ```
///
/// In the lines of IKM brackets mean "if there is a pair": raw secrets of 32 bytes, without
/// lengths. The ids of the sender's signing keys are in v1 the ECDSA key's alone, while FP has both
/// keys. `kem key id` is the pair's id where there is a pair. AES-256-GCM(key, nonce, plaintext,
/// associated data) is the ciphertext and behind it the tag of 16 bytes. "kek" and "content" are
/// ASCII, without lengths. `H(media_refs)` is described below. All signatures of a message may have
/// times of their own; each covers its own. Sealing takes randomness in this order: e, what ML-KEM
/// encapsulates (32), CEK, nonce, ML-DSA's hedge (32).
///
/// **Padding.** Behind the text one byte 0x80, then zeros (ISO/IEC 7816-4). With n the bytes of the
/// text and the 0x80: up to 256 the size is 256. Above it is Padmé's: with e = ⌊log2 n⌋ and s =
/// ⌊log2 e⌋ + 1, n rounded up to a multiple of 2^(e - s). The largest is 65,536, of a text of
/// 65,535 bytes; a longer one is EXTENDED. To take it off: the last byte that isn't 0 must be 0x80,
/// and the size the one that padding gives for what is before it and that byte; all else, zeros
/// alone too, is MALFORMED.
///
/// **Text.** The text is any bytes up to 65,535. A program puts UTF-8 of whole characters into it;
/// who reads it doesn't rely on that, and shows U+FFFD for what is none.
///
/// | message | | `encrypted_session_key` | | signature | |
/// |---|---|---|---|---|---|
/// | `crypto_version` | text | `ecdh` | E, base64 | `algorithm` | text |
/// | `encryption_algorithm` | text | `mlkem` | ct, base64; v2 | `key_id` | id of a key |
/// | `kdf_algorithm` | text | `wrap` | base64 | `signature` | base64 |
/// | `message_id` | id | `spk` | id of a key | `timestamp` | time |
/// | `sender_id` | id | `opk` | id of a key; with a pair | | |
/// | `recipient_id` | id | `kem_key` | id of a key; v2 | | |
/// | `created_at` | time | `bundle` | version of the recipient's | | |
/// | `encrypted_session_key` | object | `capabilities` | the sender's | | |
/// | `encrypted_content` | base64 | | | | |
/// | `signatures` | list of signatures | | | | |
/// | `media_refs` | list | | | | |
///
/// - A sender leaves `sender_id` out, which the relay knows, and `media_refs` where there are none;
///   where there are, `has_media` is true, which isn't signed and tells a recipient nothing.
/// - A message that is fetched or pushed may call `message_id` `id`, `created_at` `timestamp`, and
///   `media_refs` `media_attachments`: the first name is read where it is there. Where there is no
///   `recipient_id`, the recipient is whoever reads it.
/// - A message's signatures are of known algorithms alone (UNKNOWN_ALGORITHM).
/// - The names of the suite are looked at before all else: UNKNOWN_SUITE for the first of the three
///   that no suite has; MIXED_SUITE where they belong to different ones. `opk` and `kem_key` that
///   differ are WRONG_KEY, as soon as both are read. After all fields are read: a content of a size
///   that padding doesn't give is WRONG_SIZE; then in v2 `mlkem` and then `kem_key` are MISSING, in
///   v1 UNEXPECTED.
///
/// **Media refs** are a list of any JSON but numbers that aren't whole, at most 32, of at most 8
/// levels (an element of the list is at level 1): more is EXTENDED. What is signed is the values,
/// not their spelling. Each value is one byte that says its type, and its content:
///
/// | | | |
/// |---|---|---|
/// | `n` | null | nothing |
/// | `t`, `f` | true, false | nothing |
/// | `i` | a whole number within ±(2^53 - 1) | 8 bytes, two's complement |
/// | `s` | a string | its UTF-8 |
/// | `a` | an array | `LP` of each value |
/// | `o` | an object | `LP(name, value)` of each member, sorted by the names' UTF-8, byte by byte, unsigned |
///
/// The hash is of the list's content without its own `a`: of nothing for an empty list, and where
/// there is none. -0 is 0. Numbers that aren't whole, are written as if they weren't (`1.0`, `1e2`)
/// or are larger, and names or strings with half of a surrogate pair, are MALFORMED.
///
/// Both secrets, both ciphertexts and all public keys enter KEK: it is the universal combiner of
/// draft-irtf-cfrg-hybrid-kems in HKDF form (RFC 5869; NIST SP 800-56C rev. 2 allows the
/// concatenated secrets). COM commits to the key: GCM alone doesn't. The sender's capabilities and
/// the recipient's bundle are in TH, so that nobody can have told one of them less of the other
/// than is true.
///
/// # Sending
///
/// Checked in this order: another identity waits (IDENTITY_CHANGED); no suite that the sender and
/// the peer's bundle both have (NO_COMMON_SUITE); the strongest of them is below the floor
/// (DOWNGRADE); now is not before the bundle's `expires_at` (EXPIRED_BUNDLE); the one-time prekey,
/// as above; the last-resort key isn't there (MISSING); the text is too long (EXTENDED). A message
/// is sealed once, and its bytes are kept: sending it again sends the same.
///
/// # Content
///
/// What stands as `text` above is a text in UTF-8 and nothing else, unless the recipient's bundle
/// lists the capability `content-1`. Then it is
///
/// ```
/// 0xFF ‖ header ‖ 0xFF ‖ text
/// ```
///
/// No UTF-8 holds the byte 0xFF, so that one begins what isn't a plain text, and the next one ends
/// the header. The header, at most 8191 bytes, or with `files` 49,151, is a JSON object in
/// canonical form (RFC 8785): no white space, members sorted, as few escapes as can be; numbers are
/// whole, from 0 to 2^53 - 1; `null` never stands. A recipient writes what it has read and
/// compares: another spelling is MALFORMED, and so are objects and lists more than 8 deep within
/// it, and a text behind it that is no UTF-8. Members that aren't named here are tolerated. All of
/// it, the marks included, is at most 65,535 bytes: a text with which it would be longer goes
/// plain, and has no number.
///
/// `kind` is `text` or `again`; another one is refused as UNKNOWN_CONTENT, and the message kept for
/// a newer program.
///
/// ```
/// {"kind":"text", "stream":{"epoch":id, "number":n, "void":[[first,last]...]},
///  "replaces":[{"id":id, "epoch":id, "number":n}...], "written":time,
///  "files":[{"id":media id, "key":base64, "name":text, "type":text, "size":n, "width":n,
///            "height":n, "thumbnail":base64, "blurhash":text}...]}                 then the text
/// {"kind":"again", "reason":why, "ids":[id...],
///  "numbers":{"epoch":id, "spans":[[first,last]...]}, "after":{"epoch":id, "number":n}}    no text
/// ```
///
/// - `stream` is there in every `text`. `epoch` is random, one for each recipient; `number` is 1
///   for the first message sealed in it, then one higher each time. A new epoch begins where the
///   sender's store came back from a copy, and where the recipient has another identity. `void`
///   (left out where empty; at most 32 spans that neither touch nor overlap, in their order) tells
///   the newest numbers of the epoch that won't ever come: what was sealed under them failed.
/// - `replaces` (at most 8, oldest first; `epoch` and `number` together or not at all) names
///   messages that this one is instead of. Whoever has received one of them takes note of this one
///   and doesn't show it; whoever hasn't shows this one, and none of them any more. `written` is
///   when the text was written, where `created_at` isn't.
/// - `files` (at most 10, each id once, in the order in which they are shown; left out where there
///   are none) are described below. With them the text may be empty; without them that is MISSING.
///   They are there only where the recipient's bundle lists the capability `files-1`, too. A text
///   with files that is too long is not sent: it can't go plain.
/// - `again` asks the recipient to seal messages of its own to the asker again, under new ids, with
///   `replaces`. `reason` is `unopened`, `missing`, `copy`, or another of 1 to 32 of `a-z 0-9 -`.
///   At least one of `ids` (at most 64, each once), `numbers` (at most 64 spans) and `after` is
///   there. `after` asks for all that was sealed after that place, in later epochs, too; `{}` for
///   all that has a number. A program answers for its own messages to the asker alone, and for each
///   at most 3 times. An `again` has no number itself. Where nothing is asked for, or `spans` is
///   empty, that is MISSING; a text behind it is UNEXPECTED.
///
/// # Files
///
/// A file is sealed once, by itself, under 32 random bytes, the *file key*, and uploaded. The
/// message holds the key and says what the file is; the server knows none of it.
///
/// ```
/// padded      = file ‖ zeros                            up to Padmé(max(size, 4096)), as above
/// K_f(32)     = HKDF-SHA256(IKM = file key, salt, info = "QuantChat file 1")
/// sealed      = 40 ‖ salt(32) ‖ prefix(7) ‖ segment 0 ‖ segment 1 ‖ ... ‖ last segment
/// segment i   = AES-256-GCM(K_f, prefix ‖ i(4) ‖ last(1), part i of padded, no associated data)
/// secret(32)  = HKDF-SHA256(IKM = file key, no salt, info = "QuantChat media delete 1")
/// ```
///
/// This is Tink's AES-GCM-HKDF streaming AEAD
/// (<https://developers.google.com/tink/streaming-aead/aes_gcm_hkdf_streaming>) with HKDF over
/// SHA-256, derived keys of 32 bytes, ciphertext segments of 65,536 bytes and the first of them at
/// offset 0; what Tink calls associated data is the info. HKDF is Extract and Expand (RFC 5869),
/// the texts are ASCII. Part 0 is 65,480 bytes, each after it 65,520, the last what is left; `last`
/// is 1 in the last segment, else 0. So the sealed file is `40 + padded + 16 * ⌈(padded + 40) /
/// 65520⌉` bytes. Salt and prefix are random each time that something is sealed: under one key a
/// file, or one that has changed meanwhile, may be sealed again, and becomes other bytes.
///
/// `secret` lets whoever has the key delete the file on the server, which is given SHA-256 of it
/// with the upload.
///
/// | in `files` | | |
/// |---|---|---|
/// | `id` | the server's, 32 random bytes | base64url without padding, 43 characters |
/// | `key` | the file key | base64 |
/// | `name` | what the sender calls it | 1 to 255 bytes of UTF-8 |
/// | `type` | a media type without parameters (RFC 6838) | 3 to 100 characters |
/// | `size` | bytes of the file, without zeros | up to 104,857,600 |
/// | `width`, `height` | pixels, both or neither | 1 to 65,535 each |
/// | `thumbnail` | JPEG or PNG, by its first bytes: `ff d8 ff`, `89 50 4e 47 0d 0a 1a 0a` | base64; those of a message together up to 16,384 bytes |
/// | `blurhash` | | 1 to 64 of its alphabet, `0-9 A-Z a-z #$%*+,-.:;=?@[]^_{\|}~` |
///
/// All of that is the sender's word. A name may climb or deceive, and a type be another than the
/// file's: a program makes them harmless before it shows them or writes a file.
///
/// Outside, `media_refs` is a list of the same files in the same order, each `{"id": as above,
/// "size": bytes of the sealed file, "sha256": base64 of SHA-256 of the sealed file}`. Once the
/// message is opened and its content read, a `text` whose `files` aren't these, in count, order, id
/// and size, is refused as WRONG_MEDIA: before anything is fetched. One without `files` has no
/// `media_refs`. What a plain text has there means nothing.
///
/// **Opening.** The size is known from the message, and so is that of the sealed file and of each
/// segment: no more is read than that, and one byte to see that nothing follows. The sealed file is
/// too short (TRUNCATED) or too long (EXTENDED); its first byte is 40 (MALFORMED); each segment
/// opens (WRONG_CONTENT); what is behind the file is zeros (MALFORMED). A segment's bytes are used
/// only once it has opened, and the file is kept and shown only once all of it has: who cuts a file
/// off can't be told from who is slow before the end.
///
/// # Receiving
///
/// What is wrong with a message's form is refused first, in the order above. Then, in this order,
/// and the first refusal is the one:
///
/// | # | what | refused as |
/// |---|---|---|
/// | 1 | `recipient_id` is oneself, `sender_id` the peer | WRONG_USER |
/// | 2 | sender and message id together weren't received before | REPLAYED |
/// | 3 | the sender's newest bundle isn't past its time for 15 days or longer, by one's own clock | EXPIRED_BUNDLE |
/// | 4 | each signature's `timestamp` is before that bundle's `expires_at` | EXPIRED_BUNDLE |
/// | 5 | one's own bundle of the version `bundle` is here | UNKNOWN_BUNDLE |
/// | 6 | `created_at` is before that bundle's `expires_at` | EXPIRED_BUNDLE |
/// | 7 | the sender's `capabilities` and one's own bundle have the suite | UNEXPECTED |
/// | 8 | the suite isn't weaker than the strongest that one's own bundle shares with the message's `capabilities`, or with the sender's bundle, or than the floor | DOWNGRADE |
/// | 9 | no signature of the suite is missing | MISSING_SIGNATURE |
/// | 10 | there are no more than these | UNEXPECTED_SIGNATURE |
/// | 11 | for each signature, as they stand: its key isn't revoked in the sender's bundle; it is the pinned identity's | REVOKED_KEY; WRONG_KEY |
/// | 12 | `spk` isn't revoked, also where its private part is gone for that; it is here | REVOKED_KEY; UNKNOWN_PREKEY |
/// | 13 | with `opk`: the pair's are here | UNKNOWN_PREKEY |
/// | 14 | else, in v2: the bundle of 5 lists `kem_key`; it isn't revoked, as 12; its private part is here | WRONG_KEY; REVOKED_KEY; UNKNOWN_PREKEY |
/// | 15 | the bundle of 5 lists `spk` as an `ECDH-P256` key | WRONG_KEY |
/// | 16 | every signature, as they stand | BAD_SIGNATURE |
/// | 17 | decapsulate, agree, unwrap | WRONG_WRAP |
/// | 18 | the content's first byte is 1 | MALFORMED |
/// | 19 | COM, compared in constant time | WRONG_COMMITMENT |
/// | 20 | open | WRONG_CONTENT |
/// | 21 | padding | MALFORMED |
///
/// 3 to 8 look at what isn't verified yet; what passes them is verified by 16. `SPK` in TH is what
/// the bundle of 5 lists under `spk`; `OPK` and `ek` are those of the private parts. The message's
/// `created_at` isn't held against one's own clock: it is the sender's word, signed, and no more.
///
/// Then one transaction: store the text, delete the one-time prekey's private parts, remember
/// sender and message id, keep the peer. Then acknowledge. What fails is refused and never tried
/// another way; a newer bundle of the sender's may be asked for once, for EXPIRED_BUNDLE,
/// WRONG_KEY, DOWNGRADE and REVOKED_KEY, and all is done again from 1.
///
/// # Receipts
///
/// Who has a message proves to its sender that their program has it, and that they have read it:
///
/// ```
/// K_r(32)  = Expand(CEK, "receipt" ‖ TH, 32)
/// proof    = HMAC-H(K_r, LP(receipt, message id))       receipt: "delivered" or "read"
/// ```
///
/// HMAC is that of RFC 2104 with the suite's H (block sizes 64 bytes for SHA-256, 136 for
/// SHA3-256); the proof is all of its 32 bytes, and is compared in constant time. It travels as
/// base64 in the member `proof` of the confirmation and of the receipt that the server makes of it.
/// The sender keeps K_r from sealing until a READ was proven, the recipient until theirs was told;
/// neither keeps CEK. Only the two of them have K_r: a server can hold a receipt back, repeat it,
/// or tell "read" as late as it likes, but not make one up. A receipt without a proof is a claim of
/// the server's, and shown as one, if at all: programs whose bundle lists `content-1` always prove.
///
/// # Trust
///
/// Of a peer is kept: their newest bundle, of the pinned identity; the *floor*, the suite that no
/// message may be weaker than, v1 at first; the version of their bundle when the floor was last
/// reached, 0 at first; and a bundle of another identity that waits.
///
/// - The first identity is pinned, by a bundle that is theirs (WRONG_USER) and verifies.
/// - A bundle that is learnt is theirs and verifies, in this order; and is no older than the known
///   one (OLDER_BUNDLE), and no other of the same version (CONFLICTING_BUNDLE: what is signed
///   differs; other signatures of the same are fine).
/// - A version above 2^48 isn't reached by making bundles: somebody was talked into it. It is older
///   than any up to that; one of these follows it only if it was made later, else OLDER_BUNDLE.
/// - Of each identity that was pinned the newest version is remembered, also where nothing else is
///   known of it any more: at first contact, too, an older one is refused (OLDER_BUNDLE).
/// - One of another identity waits beside the pinned one and blocks sending until the user accepts
///   it; it is held against the waiting one only, as above, where that is of the same identity. The
///   pinned identity's coming back ends the waiting. Accepting takes the identity that the user
///   compared (IDENTITY_CHANGED where another waits by now); the floor stays, the version of it
///   becomes 0.
/// - A message in a suite not below the floor, sent or opened, makes that suite the floor and the
///   newest bundle's version the floor's. A lower floor takes a bundle of a newer version whose
///   strongest known suite is weaker than the floor, and the user's consent; else DOWNGRADE, or
///   NO_COMMON_SUITE where it has no known one.
///
/// Who may have lost their prekeys publishes others, and lists those of before as `revoked`: a
/// message that names one is refused (REVOKED_KEY), and senders let go of one-time prekeys that
/// they were handed before. The identity stays.
///
/// # Safety number
///
/// The number that two people compare, made of both identity keys of both, the same on both ends.
/// Each side's half is SHA-512 5200 times over:
///
/// ```
/// first = SHA-512(LP("QuantChat-safety-number", user id, ECDSA key, ML-DSA key))
/// half  = SHA-512(hash before ‖ first), 5199 times, beginning with first
/// ```
///
/// The lower half, its 64 bytes compared as unsigned, stands first. A half's first 30 bytes are six
/// groups of five digits: five bytes each, as a number modulo 100,000, with zeros in front. The
/// number is 60 digits, 30 of each half, shown as twelve groups with one space between.
///
/// A QR code holds 65 bytes, as bytes and not as text: 0x01, then the first 32 bytes of the half of
/// who is to scan it, then the first 32 of the half of who shows it. What was scanned is compared
/// as a whole, in constant time, with what the other shows; of another length or first byte it is
/// another number. What one shows oneself is an error, for it proves nothing.
///
/// # Limits
///
/// | | least | most |
/// |---|---|---|
/// | text of a message, bytes | 0 | 65,535 |
/// | padded text, bytes | 256 | 65,536 |
/// | `encrypted_content`, bytes | 317 | 65,597 |
/// | `signatures`, everywhere | 0 | 8 |
/// | `capabilities` | 1 | 16 |
/// | a capability: `a-z 0-9 . -` | 1 | 32 |
/// | `keys` of a bundle | 1 | 32 |
/// | key data of an algorithm that isn't known, bytes | 1 | 4096 |
/// | the name of a key's algorithm, characters | 1 | 64 |
/// | an id of a key, characters | 1 | 64 |
/// | `prekeys` of a batch, `count` | 1 | 128 |
/// | `index` | 0 | `count` - 1 |
/// | `batches` and `one_time_prekeys`, offered together | 0 | 5 |
/// | `media_refs` | 0 | 32 |
/// | levels of `media_refs` | 1 | 8 |
/// | `files` | 1 | 10 |
/// | `bundle_version` | 1 | 2^53 - 1 |
/// | life of a bundle | 1 ms | 30 days |
///
/// Below is TRUNCATED and above EXTENDED, but for names and versions (MALFORMED), capabilities that
/// are none (MISSING), the life of a bundle and its version (MALFORMED), and keys that are too few
/// (MISSING). Names in an error are cut to 64 characters, and what isn't printable ASCII is `?`.
///
/// Clocks may differ by 5 minutes: what says that it was made later than that is from the future.
/// What ends at a time has ended at that millisecond. A message may travel for 15 days: 7 in its
/// sender's outbox, 7 with the relay, and one for clocks that differ.
///
/// # What may be claimed
///
/// A message under a one-time prekey can't be opened by anybody once its recipient has; any other
/// not after the signed prekey's private part is deleted, within 15 days. A sender's fresh key
/// alone gives nothing against theft of the recipient's keys. Messages are signed: they can't be
/// denied.
package io.quantchat.crypto;
