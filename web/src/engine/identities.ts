import { Refused, SafetyNumber } from '../crypto';
import type { OwnKeys } from './ownKeys';
import type { Peers } from './peers';

/** Lets the user know, and say, who contacts are. */
export class Identities {
  readonly #userId: string;
  readonly #ownKeys: OwnKeys;
  readonly #peers: Peers;

  constructor(userId: string, ownKeys: OwnKeys, peers: Peers) {
    this.#userId = userId;
    this.#ownKeys = ownKeys;
    this.#peers = peers;
  }

  async safetyNumber(contactId: string): Promise<SafetyNumber> {
    const peer = await this.#peers.known(contactId);
    const own = this.#ownKeys.identity.identity;
    return SafetyNumber.of(this.#userId, own, contactId, peer.identityToCompare);
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
    await this.#peers.acceptIdentity(contactId, waiting);
  }

  consentToDowngrade(contactId: string): Promise<void> {
    return this.#peers.consentToDowngrade(contactId);
  }
}
