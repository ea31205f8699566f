package io.quantchat.crypto;

import java.util.Optional;

/**
 * The names of the prekeys that a message is for.
 *
 * @param signedPrekey of the bundle
 * @param oneTime of the one-time pair, if one took part
 * @param kem of what was encapsulated to: the pair, if one took part, else the last-resort key
 */
public record PrekeyIds(KeyId signedPrekey, Optional<KeyId> oneTime, Optional<KeyId> kem) {

  /**
   * @throws RefusedException WRONG_KEY for a one-time pair beside another key to encapsulate to
   */
  public PrekeyIds {
    RefusedException.require(
        oneTime.isEmpty() || kem.isEmpty() || oneTime.equals(kem),
        Refusal.WRONG_KEY,
        SessionKey.FIELD + SessionKey.KEM_KEY);
  }

  Mode mode() {
    if (kem.isPresent()) {
      return oneTime.isPresent() ? Mode.SPK_OPK_KEM : Mode.SPK_KEM;
    }
    return oneTime.isPresent() ? Mode.SPK_OPK : Mode.SPK;
  }

  Transcript transcript() {
    return new Transcript()
        .add(signedPrekey.text())
        .add(oneTime.map(KeyId::text).orElse(""))
        .add(kem.map(KeyId::text).orElse(""));
  }
}
