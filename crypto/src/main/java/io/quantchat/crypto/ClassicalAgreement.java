package io.quantchat.crypto;

import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.util.Arrays;

/** Suite v1: {@code ECDH(e, SPK) ‖ [ECDH(e, OPK)]}. */
final class ClassicalAgreement implements KeyAgreement {

  @Override
  public boolean encapsulates() {
    return false;
  }

  @Override
  public Agreed send(RecipientKeys to, SecureRandom random) {
    try (EcdhPrivateKey ephemeral = EcdhPrivateKey.generate(random);
        Secret first = ephemeral.agree(to.signedPrekey());
        Secret second = to.oneTime().map(ephemeral::agree).orElseGet(ClassicalAgreement::nothing)) {
      return new Agreed(ephemeral.publicKey(), Optional.empty(), joined(first, second));
    }
  }

  @Override
  public Secret receive(
      EcdhPublicKey ephemeral, Optional<byte[]> ciphertext, RecipientSecrets own) {
    try (Secret first = own.signedPrekey().agree(ephemeral);
        Secret second =
            own.oneTime()
                .map(oneTime -> oneTime.agree(ephemeral))
                .orElseGet(ClassicalAgreement::nothing)) {
      return joined(first, second);
    }
  }

  /** One behind the other; all are of fixed sizes, and the mode that is hashed says which. */
  static Secret joined(Secret first, Secret second) {
    return Secret.owning(Arrays.concatenate(first.bytes(), second.bytes()));
  }

  private static Secret nothing() {
    return Secret.owning(new byte[0]);
  }
}
