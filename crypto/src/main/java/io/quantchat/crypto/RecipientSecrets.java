package io.quantchat.crypto;

import java.util.Optional;

/** The private parts of {@link RecipientKeys}. */
record RecipientSecrets(
    EcdhPrivateKey signedPrekey, Optional<EcdhPrivateKey> oneTime, Optional<MlKemPrivateKey> kem)
    implements AutoCloseable {

  /**
   * @param signedPrekeyOfBundle what the bundle lists under the signed prekey's name
   */
  RecipientKeys publicKeys(EcdhPublicKey signedPrekeyOfBundle) {
    return new RecipientKeys(
        signedPrekeyOfBundle,
        oneTime.map(EcdhPrivateKey::publicKey),
        kem.map(MlKemPrivateKey::publicKey));
  }

  @Override
  public void close() {
    signedPrekey.close();
    oneTime.ifPresent(EcdhPrivateKey::close);
    kem.ifPresent(MlKemPrivateKey::close);
  }
}
