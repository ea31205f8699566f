package io.quantchat.crypto;

/**
 * Who somebody is: the public keys that sign their bundles, batches and messages. Both, always: who
 * could replace one could become somebody else.
 */
public record Identity(EcdsaPublicKey ecdsa, MlDsaPublicKey mlDsa) {

  private static final String LABEL = "QuantChat-identity";

  /** The key that makes signatures of an algorithm. */
  VerifyingKey key(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_P256_SHA256 -> ecdsa;
      case ML_DSA_65 -> mlDsa;
    };
  }

  /** The hash of both keys. */
  public byte[] fingerprint(Hash hash) {
    return hash.of(transcript());
  }

  Transcript transcript() {
    return new Transcript().add(LABEL).add(ecdsa.encoded()).add(mlDsa.encoded());
  }
}
