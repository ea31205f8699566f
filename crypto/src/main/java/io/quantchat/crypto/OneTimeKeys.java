package io.quantchat.crypto;

import java.security.SecureRandom;

/**
 * The private parts of a one-time prekey. They are deleted with the first message that they open,
 * in the transaction that stores it: what they opened then can't be opened again, by nobody.
 */
public record OneTimeKeys(EcdhPrivateKey ecdh, MlKemPrivateKey mlKem) implements AutoCloseable {

  public static OneTimeKeys generate(SecureRandom random) {
    return new OneTimeKeys(EcdhPrivateKey.generate(random), MlKemPrivateKey.generate(random));
  }

  public OneTimePrekey prekey() {
    return new OneTimePrekey(ecdh.publicKey(), mlKem.publicKey());
  }

  @Override
  public void close() {
    ecdh.close();
    mlKem.close();
  }
}
