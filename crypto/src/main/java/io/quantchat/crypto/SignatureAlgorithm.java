package io.quantchat.crypto;

import java.util.Arrays;

/** How identities sign. */
public enum SignatureAlgorithm {
  /** FIPS 186-5, {@code r‖s} (IEEE P1363). Malleable: a signature is never an identifier. */
  ECDSA_P256_SHA256("ECDSA-P256-SHA256", KeyAlgorithm.ECDSA_P256, 64),
  /** FIPS 204, pure, hedged, with the empty context: a label stands first in what is signed. */
  ML_DSA_65("ML-DSA-65", KeyAlgorithm.ML_DSA_65, 3309);

  private final String wireName;
  private final KeyAlgorithm keyAlgorithm;
  private final int signatureSize;

  SignatureAlgorithm(String wireName, KeyAlgorithm keyAlgorithm, int signatureSize) {
    this.wireName = wireName;
    this.keyAlgorithm = keyAlgorithm;
    this.signatureSize = signatureSize;
  }

  /** Its name in a signature's {@code algorithm}. */
  public String wireName() {
    return wireName;
  }

  /** The algorithm of its keys. */
  KeyAlgorithm keyAlgorithm() {
    return keyAlgorithm;
  }

  /** Bytes of a signature. */
  int signatureSize() {
    return signatureSize;
  }

  /**
   * @throws RefusedException UNKNOWN_ALGORITHM, naming it
   */
  static SignatureAlgorithm named(String wireName) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_ALGORITHM, Names.quoted(wireName)));
  }
}
