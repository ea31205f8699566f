package io.quantchat.crypto;

import java.util.Optional;

/**
 * The keys that a recipient keeps. A key that is returned belongs to the caller, who closes it:
 * each call gives one of its own.
 */
public interface Keyring {

  /**
   * One of the recipient's own bundles, by its version; each is kept until the last message to it
   * can have come.
   */
  Optional<Bundle> bundle(long version);

  /** A signed prekey's private part; none once it was deleted. */
  Optional<Held<EcdhPrivateKey>> signedPrekey(KeyId id);

  /** A last-resort key's private part; none once it was deleted. */
  Optional<Held<MlKemPrivateKey>> lastResort(KeyId id);

  /** A one-time prekey's private parts; none once it has opened a message. */
  Optional<OneTimeKeys> oneTime(KeyId id);

  /**
   * Whether the recipient has revoked a prekey of a bundle whose private part is gone: a message to
   * it is refused for that, and not as one to a key that never was.
   */
  default boolean isRevoked(KeyId id) {
    return false;
  }

  /** Whether a message was received and settled before. */
  boolean hasReceived(MessageKey message);
}
