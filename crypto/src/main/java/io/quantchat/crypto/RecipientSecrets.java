package io.quantchat.crypto;

import java.util.Optional;

/** The private parts of {@link RecipientKeys}. */
record RecipientSecrets(
    EcdhPrivateKey signedPrekey, Optional<EcdhPrivateKey> oneTime, Optional<MlKemPrivateKey> kem)
    implements AutoCloseable {

  RecipientKeys publicKeys() {
    return new RecipientKeys(
        signedPrekey.publicKey(),
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
