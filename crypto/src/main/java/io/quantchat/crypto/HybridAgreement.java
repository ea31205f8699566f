package io.quantchat.crypto;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * Suite v2: {@code ss_PQ ‖ ECDH(e, SPK) ‖ [ECDH(e, OPK)]}. Both secrets go into one derivation,
 * together with the hash over both ciphertexts and public keys: the key holds while either does
 * (draft-irtf-cfrg-hybrid-kems, the universal combiner; NIST SP 800-56C rev. 2 §2 allows the
 * concatenation).
 */
final class HybridAgreement implements KeyAgreement {

  private final ClassicalAgreement classical = new ClassicalAgreement();

  @Override
  public boolean encapsulates() {
    return true;
  }

  @Override
  public Agreed send(RecipientKeys to, SecureRandom random) {
    try (Agreed agreed = classical.send(to, random)) {
      MlKemPublicKey.Encapsulation encapsulation = to.kem().orElseThrow().encapsulate(random);
      try (Secret postQuantum = encapsulation.secret()) {
        return new Agreed(
            agreed.ephemeral(),
            Optional.of(encapsulation.ciphertext()),
            ClassicalAgreement.joined(postQuantum, agreed.keyMaterial()));
      }
    }
  }

  @Override
  public Secret receive(
      EcdhPublicKey ephemeral, Optional<byte[]> ciphertext, RecipientSecrets own) {
    try (Secret postQuantum = own.kem().orElseThrow().decapsulate(ciphertext.orElseThrow());
        Secret classic = classical.receive(ephemeral, ciphertext, own)) {
      return ClassicalAgreement.joined(postQuantum, classic);
    }
  }
}
