package io.quantchat.client;

import io.quantchat.crypto.Identity;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SafetyNumber;
import java.util.UUID;

/** Lets the user know, and say, who contacts are. On the worker's thread. */
final class Identities {

  private final UUID userId;
  private final OwnKeys ownKeys;
  private final Peers peers;

  Identities(UUID userId, OwnKeys ownKeys, Peers peers) {
    this.userId = userId;
    this.ownKeys = ownKeys;
    this.peers = peers;
  }

  SafetyNumber safetyNumber(UUID contactId) {
    Peer peer = peers.known(contactId);
    return SafetyNumber.of(
        userId, ownKeys.identity().identity(), contactId, peer.identityToCompare());
  }

  /** Whether another identity than the pinned one waits to be accepted, as far as is known here. */
  boolean hasChanged(UUID contactId) {
    return peers.known(contactId).changed().isPresent();
  }

  /** The same, once the key directory was asked. */
  boolean hasChangedByNow(UUID contactId) {
    return peers.refreshed(contactId).changed().isPresent();
  }

  /**
   * Trusts a changed identity.
   *
   * @throws RefusedException IDENTITY_CHANGED where it isn't the one whose number was compared
   */
  void accept(UUID contactId, SafetyNumber compared) {
    Identity waiting = peers.known(contactId).identityToCompare();
    if (!compared.digits().equals(safetyNumber(contactId).digits())) {
      throw new RefusedException(Refusal.IDENTITY_CHANGED, "identity");
    }
    peers.acceptIdentity(contactId, waiting);
  }

  void consentToDowngrade(UUID contactId) {
    peers.consentToDowngrade(contactId);
  }
}
