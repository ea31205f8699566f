package io.quantchat.crypto;

import java.security.SecureRandom;

/** A private key that signs. */
public sealed interface SigningKey extends PrivateKey permits EcdsaPrivateKey, MlDsaPrivateKey {

  @Override
  VerifyingKey publicKey();

  /** A signature of its algorithm's size. */
  byte[] sign(byte[] message, SecureRandom random);
}
