package io.quantchat.crypto;

import java.util.Optional;

/**
 * The recipient's public keys that a message is for.
 *
 * @param signedPrekey always there
 * @param oneTime the one-time prekey's classical half
 * @param kem the one-time prekey's other half, else the last-resort key
 */
record RecipientKeys(
    EcdhPublicKey signedPrekey, Optional<EcdhPublicKey> oneTime, Optional<MlKemPublicKey> kem) {}
