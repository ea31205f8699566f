package io.quantchat.crypto;

/** A public key that was checked when it was made: there is no invalid one. Equal by its bytes. */
public sealed interface PublicKey permits VerifyingKey, EcdhPublicKey, MlKemPublicKey {

  /** The purpose of the key. */
  KeyAlgorithm algorithm();

  /** Its raw bytes, a copy. */
  byte[] encoded();
}
