package io.quantchat.crypto;

/** A public key that verifies signatures. */
public sealed interface VerifyingKey extends PublicKey permits EcdsaPublicKey, MlDsaPublicKey {

  /** Its name: {@link KeyId#of}, made once, for each message names its signing keys thrice. */
  KeyId id();

  /** The algorithm of its signatures. */
  SignatureAlgorithm signatureAlgorithm();

  /** Whether the signature is of the message and by this key; one of a wrong size is not. */
  boolean verifies(byte[] message, byte[] signature);
}
