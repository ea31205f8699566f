/// End-to-end encryption: what leaves a client only its recipient can read, today and with a
/// quantum computer tomorrow. No network, no storage; time and randomness are passed in.
///
/// [MessageSealer] and [MessageOpener] are the two ends; [Peer] says who is trusted and how strong
/// a message must be; [SignedBundle] and [PrekeyBatch] are what an account publishes, and what a
/// server verifies before it stores them; [SafetyNumber] is what people compare. All that isn't
/// accepted is a [RefusedException] with a [Refusal] of its own. Another implementation is tested
/// against `crypto/known-answers.json`, which holds every intermediate value below.
///
/// # Suites
///
/// | | v1 | v2 |
/// |---|---|---|
/// | `encryption_algorithm` | `ECDH-AES256-GCM` | `ML-KEM-768-AES256-GCM` |
/// | `kdf_algorithm`, Extract and Expand | `HKDF-SHA256` | `HKDF-SHA3-256` |
/// | H | SHA-256 | SHA3-256 |
/// | signatures, exactly | `ECDSA-P256-SHA256` | `ECDSA-P256-SHA256`, `ML-DSA-65` |
/// | label | `QuantChat-v1-msg` | `QuantChat-v2-msg` |
///
/// v2 is a hybrid of ECDH on P-256 and ML-KEM-768: it holds while either does. Two programs use the
/// strongest suite that both have. [Suite] is the registry.
///
/// # Encodings
///
/// - In JSON bytes are base64 with padding (RFC 4648 §4), in the one canonical spelling; ids are
///   UUIDs in lower case; times are RFC 3339 in UTC with milliseconds and `Z`.
/// - `LP(x)` is x behind its length in 4 bytes, big endian; `LP(x, y)` is `LP(x) ‖ LP(y)`; `[x, y]`
///   as a field is `LP(x, y)` as one field. In what is hashed and signed an id is its 16 bytes, a
///   time its milliseconds since 1970 in 8 bytes, a number 8 bytes, a text its UTF-8; what is
///   absent is empty.
/// - P-256 points are 65 bytes (SEC 1, uncompressed), checked to be on the curve. ML-KEM-768
///   encapsulation keys are 1184 bytes, checked against the modulus (FIPS 203 §7.2), ciphertexts
///   1088. ML-DSA-65 keys are 1952 bytes, signatures 3309 (FIPS 204, pure, hedged, empty context).
///   ECDSA signatures are `r ‖ s`, 64 bytes (FIPS 186-5; nonces of RFC 6979).
/// - Private keys are kept as a scalar of 32 bytes, ML-KEM's `d ‖ z` of 64, ML-DSA's `ξ` of 32.
/// - A key's id is base64url, unpadded, of the first 16 bytes of `SHA-256(LP("QuantChat-key-id",
///   algorithm, key))`; a one-time pair's of `SHA-256(LP("QuantChat-key-id", "ECDH-P256", key,
///   "ML-KEM-768", key))`. An id can't name another key than its own. A key's algorithm is
///   `ECDSA-P256`, `ML-DSA-65`, `ECDH-P256` or `ML-KEM-768`.
///
/// # Keys of an account
///
/// An *identity* is an ECDSA key and an ML-DSA key; it signs bundles, batches and messages. A
/// *signed prekey* (ECDH) and a *last-resort key* (ML-KEM) are replaced weekly, and their private
/// parts deleted 8 days later. *One-time prekeys*, pairs of ECDH and ML-KEM, are handed out once
/// each; their private parts are deleted with the first message that they open.
///
/// A bundle lists capabilities (the names of suites, sorted) and keys (sorted by id, one active of
/// each algorithm), for at most 30 days, with a version one higher each time. Both identity keys
/// sign
///
/// ```
/// LP("QuantChat-bundle-v1", user id, version, created, expires, [capabilities...], [key...])
/// key = LP(id, algorithm, status, created, SHA-256(key data))
/// ```
///
/// Keys of algorithms that aren't known are kept as they are: they are signed, too. Signatures of
/// such are passed over.
///
/// A batch is signed once:
///
/// ```
/// LP("QuantChat-prekeys-v1", user id, batch id, created, count, root)
/// leaf(i) = SHA-256(0x00 ‖ LP(i, id, ECDH key, ML-KEM key))
/// node    = SHA-256(0x01 ‖ left ‖ right)       filler = SHA-256(0x02)
/// ```
///
/// The tree's leaves are brought to a power of two by fillers; a path goes from the leaf up and has
/// exactly the tree's height (for at most 128 prekeys, 7).
///
/// # A message
///
/// `E` is a fresh ephemeral ECDH key `e`; `SPK` the recipient's signed prekey; `OPK` the one-time
/// pair's ECDH key, if there is a pair; `ek` the pair's ML-KEM key, else the last-resort key. The
/// mode says what took part: `spk`, `spk+opk` (v1), `spk+kem`, `spk+opk+kem` (v2).
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
/// padded       = text ‖ 0x80 ‖ zeros, to 256 bytes or the next size of Padmé
/// encrypted_content = 0x01 ‖ nonce(12) ‖ COM ‖ AES-256-GCM(K_c, nonce, padded, TH ‖ wrap)
/// signature    = Sign(LP(label ‖ "-sig", TH, H(wrap), H(encrypted_content), H(media_refs),
///                        [required algorithms...], [ids of the signing keys...], timestamp))
/// encrypted_session_key = {"ecdh": E, "mlkem": ct, "wrap": wrap, "spk": id, "opk": id, "kem_key": id,
///                          "bundle": version of the recipient's, "capabilities": the sender's}
/// ```
///
/// `kem_key` is the pair's id where there is a pair. What is hashed of `media_refs` is in
/// [MediaRefs].
///
/// Both secrets, both ciphertexts and all public keys enter KEK: it is the universal combiner of
/// draft-irtf-cfrg-hybrid-kems in HKDF form (RFC 5869; NIST SP 800-56C rev. 2 allows the
/// concatenated secrets). COM commits to the key: GCM alone doesn't. The sender's capabilities and
/// the recipient's bundle are in TH, so that nobody can have told one of them less of the other
/// than is true.
///
/// # Receiving
///
/// Sizes; recipient, sender, replay; the sender's bundle was current when they signed, and isn't
/// past its time for longer than a message travels, 15 days; the suite isn't weaker than both can
/// or than before; exactly the suite's signatures, by the pinned identity; the private keys, none
/// of them revoked; every signature; decapsulate; unwrap; compare COM; open. Then one transaction:
/// store the text, delete the one-time prekey's private parts, remember sender and message id. Then
/// acknowledge. What fails is refused and never tried another way.
///
/// # Trust
///
/// The first identity is pinned. Another one blocks sending until the user accepts it. Older
/// bundles, expired ones, and two of one version are refused. After a v2 message, v1 takes a newer
/// signed bundle without v2, and the user's consent.
///
/// # What may be claimed
///
/// A message under a one-time prekey can't be opened by anybody once its recipient has; any other
/// not after the signed prekey's private part is deleted, within 15 days. A sender's fresh key
/// alone gives nothing against theft of the recipient's keys. Messages are signed: they can't be
/// denied.
package io.quantchat.crypto;
