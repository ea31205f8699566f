package io.quantchat.crypto;

import java.security.SecureRandom;
import java.util.Optional;

/** How a suite's two sides come to the same key material. */
interface KeyAgreement {

  /** Whether a message holds a ciphertext besides the ephemeral key. */
  boolean encapsulates();

  /** Makes a fresh ephemeral key, and what follows of it. */
  Agreed send(RecipientKeys to, SecureRandom random);

  /** The same key material from the other side; the caller closes it. */
  Secret receive(EcdhPublicKey ephemeral, Optional<byte[]> ciphertext, RecipientSecrets own);

  /**
   * A secret for the sender, and what the recipient needs to come to it.
   *
   * @param keyMaterial IKM
   */
  record Agreed(EcdhPublicKey ephemeral, Optional<byte[]> ciphertext, Secret keyMaterial)
      implements AutoCloseable {

    @Override
    public void close() {
      keyMaterial.close();
    }
  }
}
