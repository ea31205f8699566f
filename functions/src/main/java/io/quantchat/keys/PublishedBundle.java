package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.crypto.Hash;
import io.quantchat.crypto.Identity;
import io.quantchat.crypto.KeyAlgorithm;
import io.quantchat.crypto.KeyId;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.SignedBundle;
import java.time.Instant;

/**
 * A bundle as the directory has it.
 *
 * @param userId whose
 * @param version one higher each time
 * @param goodUntil as its owner signed it; nobody is to use it from then on
 * @param identity the fingerprint of the identity that signed it
 * @param lastResort the id of that key in it which stands in where there is no one-time prekey
 * @param json all of it, with signatures, as it goes out
 */
record PublishedBundle(
    String userId,
    long version,
    Instant goodUntil,
    byte[] identity,
    String lastResort,
    ObjectNode json) {

  private static final String SIGNATURES = "signatures";

  /** As its owner publishes it. */
  static PublishedBundle of(SignedBundle signed) {
    return new PublishedBundle(
        signed.bundle().userId().toString(),
        signed.bundle().version(),
        signed.bundle().expires(),
        fingerprint(signed.bundle().identity()),
        lastResort(signed.bundle().keys()).text(),
        PackedJson.of(signed.toMap()));
  }

  /** The name of an identity here. */
  static byte[] fingerprint(Identity identity) {
    return identity.fingerprint(Hash.SHA_256);
  }

  /** The KEM key, or the signed prekey where the account's program knows no KEM. */
  private static KeyId lastResort(KeySet keys) {
    return keys.primary(KeyAlgorithm.ML_KEM_768)
        .or(() -> keys.primary(KeyAlgorithm.ECDH_P256))
        .orElseThrow(() -> new IllegalStateException("A bundle has a signed prekey"))
        .id();
  }

  boolean isGoodAt(Instant now) {
    return now.isBefore(goodUntil);
  }

  /** Whether both say the same; who signs twice makes other signatures. */
  boolean hasSameContentAs(PublishedBundle other) {
    return json.deepCopy().without(SIGNATURES).equals(other.json.deepCopy().without(SIGNATURES));
  }
}
