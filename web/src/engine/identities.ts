import { type Identity, Refused, SafetyNumber } from '../crypto';
import type { OwnKeys } from './ownKeys';
import type { Shared } from './parts';
import type { Peers } from './peers';
import * as asked from './stored/asked';
import { arrange } from './stored/conversations';
import * as heard from './stored/heard';
import type { PeerStore } from './stored/peers';
import * as sentBefore from './stored/sentBefore';

/** Lets the user know, and say, who contacts are. */
export class Identities {
  readonly #shared: Shared;
  readonly #ownKeys: OwnKeys;
  readonly #peers: Peers;
  readonly #store: PeerStore;

  constructor(shared: Shared, ownKeys: OwnKeys, peers: Peers, store: PeerStore) {
    this.#shared = shared;
    this.#ownKeys = ownKeys;
    this.#peers = peers;
    this.#store = store;
  }

  async safetyNumber(contactId: string): Promise<SafetyNumber> {
    const peer = await this.#peers.known(contactId);
    const own = this.#ownKeys.identity.identity;
    return SafetyNumber.of(this.#shared.userId, own, contactId, peer.identityToCompare);
  }

  /** Whether another identity than the pinned one waits to be accepted; the directory is asked. */
  async hasChangedByNow(contactId: string): Promise<boolean> {
    return (await this.#peers.refreshed(contactId)).changed !== undefined;
  }

  /**
   * Trusts a changed identity.
   *
   * @param digits of the safety number that was compared
   * @throws Refused IDENTITY_CHANGED where it isn't the one whose number was compared
   */
  async accept(contactId: string, digits: string): Promise<void> {
    const waiting = (await this.#peers.known(contactId)).identityToCompare;
    const number = await this.safetyNumber(contactId);
    if (digits.replaceAll(/\D/g, '') !== number.digits()) {
      throw new Refused('IDENTITY_CHANGED', 'identity');
    }
    await this.#accept(contactId, waiting);
  }

  /** The user has compared safety numbers, or takes the risk. */
  async #accept(userId: string, compared: Identity): Promise<void> {
    await this.#shared.transactions.run(async (transaction) => {
      const known = await this.#store.find(transaction, userId);
      if (!known) {
        throw new Refused('MISSING', 'bundle');
      }
      if (!known.peer.changed && known.peer.identity.equals(compared)) {
        return;
      }
      const accepted = known.peer.acceptIdentity(compared);
      await this.#store.keep(transaction, accepted);
      this.#store.saw(transaction, accepted.bundle.bundle);
      await this.#store.dropPrekeys(transaction, userId);
      await arrange(transaction, userId, { verified: false });
      sentBefore.beginAnew(transaction, userId);
      heard.forget(transaction, userId);
      asked.forget(transaction, userId);
    });
  }

  async consentToDowngrade(userId: string): Promise<void> {
    await this.#peers.refreshed(userId);
    await this.#shared.transactions.run(async (transaction) => {
      const known = await this.#store.find(transaction, userId);
      if (known) {
        await this.#store.keep(transaction, known.peer.consentToDowngrade());
      }
    });
  }
}
