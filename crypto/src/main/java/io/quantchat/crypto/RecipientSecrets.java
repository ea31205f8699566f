package io.quantchat.crypto;

import java.util.Optional;

/** The private parts of {@link RecipientKeys}. */
record RecipientSecrets(
    EcdhPrivateKey signedPrekey, Optional<EcdhPrivateKey> oneTime, Optional<MlKemPrivateKey> kem)
    implements AutoCloseable {

  /**
   * Takes the private parts of the prekeys that a message names.
   *
   * @param own the bundle that its sender says it had
   * @throws RefusedException UNKNOWN_PREKEY, REVOKED_KEY, or WRONG_KEY for a last-resort key that
   *     the bundle doesn't list
   */
  static RecipientSecrets of(Keyring keyring, PrekeyIds ids, Bundle own) {
    KeyId id = ids.signedPrekey();
    EcdhPrivateKey signedPrekey = usable(keyring.signedPrekey(id), keyring, id, SessionKey.SPK);
    try {
      if (ids.oneTime().isPresent()) {
        OneTimeKeys pair =
            keyring.oneTime(ids.oneTime().get()).orElseThrow(() -> unknown(SessionKey.OPK));
        if (ids.kem().isEmpty()) {
          pair.mlKem().close();
        }
        return new RecipientSecrets(
            signedPrekey, Optional.of(pair.ecdh()), ids.kem().map(same -> pair.mlKem()));
      }
      return new RecipientSecrets(
          signedPrekey, Optional.empty(), ids.kem().map(kemId -> lastResort(keyring, kemId, own)));
    } catch (RefusedException refused) {
      signedPrekey.close();
      throw refused;
    }
  }

  private static MlKemPrivateKey lastResort(Keyring keyring, KeyId id, Bundle own) {
    RefusedException.require(
        own.keys().find(id).isPresent(), Refusal.WRONG_KEY, SessionKey.FIELD + SessionKey.KEM_KEY);
    return usable(keyring.lastResort(id), keyring, id, SessionKey.KEM_KEY);
  }

  private static <K extends PrivateKey> K usable(
      Optional<Held<K>> held, Keyring keyring, KeyId id, String member) {
    Held<K> found =
        held.orElseThrow(() -> keyring.isRevoked(id) ? revoked(member) : unknown(member));
    if (found.status() == KeyStatus.REVOKED) {
      found.key().close();
      throw revoked(member);
    }
    return found.key();
  }

  private static RefusedException revoked(String member) {
    return new RefusedException(Refusal.REVOKED_KEY, SessionKey.FIELD + member);
  }

  private static RefusedException unknown(String member) {
    return new RefusedException(Refusal.UNKNOWN_PREKEY, SessionKey.FIELD + member);
  }

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
