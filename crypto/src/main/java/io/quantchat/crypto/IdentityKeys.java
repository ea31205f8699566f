package io.quantchat.crypto;

import java.security.SecureRandom;

/** The private keys of an identity. They sign bundles, batches and messages, nothing else. */
public record IdentityKeys(EcdsaPrivateKey ecdsa, MlDsaPrivateKey mlDsa) implements AutoCloseable {

  public static IdentityKeys generate(SecureRandom random) {
    return new IdentityKeys(EcdsaPrivateKey.generate(random), MlDsaPrivateKey.generate(random));
  }

  public Identity identity() {
    return new Identity(ecdsa.publicKey(), mlDsa.publicKey());
  }

  SigningKey key(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_P256_SHA256 -> ecdsa;
      case ML_DSA_65 -> mlDsa;
    };
  }

  @Override
  public void close() {
    ecdsa.close();
    mlDsa.close();
  }
}
