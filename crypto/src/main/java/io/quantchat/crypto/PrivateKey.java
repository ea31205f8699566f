package io.quantchat.crypto;

/**
 * A private key. Closing it overwrites its bytes; what the library beneath has made of them is left
 * to the collector.
 */
public sealed interface PrivateKey extends AutoCloseable
    permits SigningKey, EcdhPrivateKey, MlKemPrivateKey {

  /** Its public part. */
  PublicKey publicKey();

  /** The scalar or seed to keep it as. A copy, which the caller closes. */
  Secret toSecret();

  @Override
  void close();
}
