import { Refused, SignedBundle } from '../crypto';
import type { KeyDirectory } from '../protocol/keyDirectory';
import type { Transfers } from './files/transfers';
import type { MintId } from './outboxDates';
import type { OwnKeys } from './ownKeys';
import type { Shared } from './parts';
import { isSame } from './publishing';
import type { RequestsOnDemand } from './requestsOnDemand';
import type { OwnBundleStore } from './stored/ownBundles';
import type { PeerStore } from './stored/peers';
import { dropValue, keepValue, valueNamed } from './stored/state';
import { DAY } from './surroundings';
import type { Transaction } from './transaction';

/** How often the directory is asked whether another program of this account was at it. */
const BETWEEN_LOOKS = DAY;

export interface RecoveryParts {
  shared: Shared;
  bundles: OwnBundleStore;
  peers: PeerStore;
  directory: KeyDirectory;
  ownKeys: OwnKeys;
  requests: RequestsOnDemand;
  transfers: Transfers;
  mintId: MintId;
}

/**
 * Has a store that came back from a copy go on, or one whose identity came from an account file:
 * nothing that another one may have used is used again, and what came since is asked for.
 *
 * First, in one transaction, here: numbers begin anew, prekeys of others are dropped, what waits to
 * go out does so under new ids that say what they are instead of, and everybody is asked for what
 * they have sent since. Then all that the relay has is opened with the keys of the copy. Then these
 * keys are replaced; an account file has none, so others are made at once.
 */
export class Recovery {
  readonly #parts: RecoveryParts;
  readonly #shared: Shared;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
    this.#shared = parts.shared;
  }

  /** Asks the directory, now and then, whether another program goes on with a copy. */
  async look(): Promise<void> {
    const { clock, transactions } = this.#shared;
    const now = clock.now();
    const last = (await valueNamed(transactions.reads, 'looked')) ?? 0;
    if (now >= last && now < last + BETWEEN_LOOKS) {
      return;
    }
    const latest = await this.#parts.bundles.latest(transactions.reads);
    if (latest && (await this.#isAhead(latest))) {
      await this.recover();
    }
    await transactions.run(async (transaction) => keepValue(transaction, 'looked', now));
  }

  /** Something has come that only another program of this account can have brought about. */
  lookSoon(): Promise<void> {
    return this.#shared.transactions.run(async (transaction) => dropValue(transaction, 'looked'));
  }

  /** Whether this identity has published what this store has never made. */
  async #isAhead(latest: SignedBundle): Promise<boolean> {
    const { ownKeys, directory } = this.#parts;
    const own = latest.bundle.version;
    const found = await directory.bundle(this.#shared.userId, own);
    if (!found) {
      return false;
    }
    try {
      const there = SignedBundle.fromMap(found);
      return (
        there.bundle.version >= own &&
        there.bundle.identity.equals(ownKeys.identity.identity) &&
        !isSame(there, latest) &&
        (await there.verify(this.#shared.clock.now()).then(() => true))
      );
    } catch (failure) {
      if (failure instanceof Refused) {
        return false;
      }
      throw failure;
    }
  }

  /** Goes on with what an account file brought, if that is still to be done. */
  async beginIfCopied(): Promise<void> {
    const { transactions } = this.#shared;
    if (await valueNamed(transactions.reads, 'copied')) {
      const goOn = await this.#goingOn();
      const replace = await this.#parts.ownKeys.replacing();
      await transactions.run(async (transaction) => {
        await goOn(transaction);
        await replace(transaction);
      });
      this.#shared.step('recovery_kept');
    }
  }

  /** Does what needs no server. */
  async recover(): Promise<void> {
    const goOn = await this.#goingOn();
    await this.#shared.transactions.run(async (transaction) => {
      await goOn(transaction);
      keepValue(transaction, 'recovery_due', true);
    });
    this.#shared.step('recovery_kept');
  }

  async #goingOn(): Promise<(transaction: Transaction) => Promise<void>> {
    const [{ goOn }, requests] = await Promise.all([
      import('./recovering'),
      this.#parts.requests.load(),
    ]);
    return (transaction) => goOn(transaction, { ...this.#parts, requests });
  }

  /** Replaces the keys of the copy, once all was opened that they can open. */
  async finish(): Promise<void> {
    const { transactions } = this.#shared;
    if (await valueNamed(transactions.reads, 'recovery_due')) {
      await this.#parts.ownKeys.reset();
      await transactions.run(async (transaction) => dropValue(transaction, 'recovery_due'));
    }
  }
}
