package io.quantchat.crypto;

import java.util.Arrays;
import java.util.Optional;

/** The purpose of a key. Each has one encoding of its public keys, the raw one, of one size. */
public enum KeyAlgorithm {
  /** Signs; the classical half of an identity. 65 bytes, SEC 1, uncompressed. */
  ECDSA_P256("ECDSA-P256", P256.POINT_SIZE),
  /** Signs; the post-quantum half of an identity (FIPS 204). 1952 bytes. */
  ML_DSA_65("ML-DSA-65", MlDsaPublicKey.SIZE),
  /** Agrees; a signed prekey. 65 bytes, SEC 1, uncompressed. */
  ECDH_P256("ECDH-P256", P256.POINT_SIZE),
  /** Encapsulates; a last-resort key (FIPS 203). 1184 bytes. */
  ML_KEM_768("ML-KEM-768", MlKemPublicKey.SIZE);

  private final String wireName;
  private final int publicKeySize;

  KeyAlgorithm(String wireName, int publicKeySize) {
    this.wireName = wireName;
    this.publicKeySize = publicKeySize;
  }

  /** Its name in a key's {@code algorithm}. */
  public String wireName() {
    return wireName;
  }

  /** Bytes of a public key. */
  int publicKeySize() {
    return publicKeySize;
  }

  /** Nothing for the name of an algorithm that isn't known here. */
  static Optional<KeyAlgorithm> named(String wireName) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.wireName.equals(wireName))
        .findFirst();
  }

  /**
   * Reads a public key.
   *
   * @throws RefusedException TRUNCATED, EXTENDED or INVALID_KEY
   */
  PublicKey publicKey(byte[] encoded) {
    return switch (this) {
      case ECDSA_P256 -> new EcdsaPublicKey(encoded);
      case ML_DSA_65 -> new MlDsaPublicKey(encoded);
      case ECDH_P256 -> new EcdhPublicKey(encoded);
      case ML_KEM_768 -> new MlKemPublicKey(encoded);
    };
  }
}
