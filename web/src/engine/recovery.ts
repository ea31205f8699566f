import { Refused, SignedBundle } from '../crypto';
import type { KeyDirectory } from '../protocol/keyDirectory';
import type { Transfers } from './files/transfers';
import type { MintId } from './outboxDates';
import type { OwnKeys } from './ownKeys';
import type { Shared } from './parts';
import { isSame } from './publishing';
import { reissue } from './reissuing';
import type { Requests } from './requests';
import { all } from './stored/conversations';
import * as heard from './stored/heard';
import * as outbox from './stored/outbox';
import type { OwnBundleStore } from './stored/ownBundles';
import * as ownStreams from './stored/ownStreams';
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
  requests: Requests;
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
      const replace = await this.#parts.ownKeys.replacing();
      await transactions.run(async (transaction) => {
        await this.#begin(transaction);
        await replace(transaction);
      });
      this.#shared.step('recovery_kept');
    }
  }

  /** Does what needs no server. */
  async recover(): Promise<void> {
    await this.#shared.transactions.run(async (transaction) => {
      await this.#begin(transaction);
      keepValue(transaction, 'recovery_due', true);
    });
    this.#shared.step('recovery_kept');
  }

  async #begin(transaction: Transaction): Promise<void> {
    const { requests, peers } = this.#parts;
    dropValue(transaction, 'copied');
    ownStreams.beginAllAnew(transaction);
    await peers.dropPrekeys(transaction);
    for (const waiting of await outbox.waiting(transaction)) {
      await this.#anew(transaction, waiting);
    }
    const asked: string[] = [];
    const notAsked: string[] = [];
    for (const { contactId, last } of await all(transaction)) {
      if (!last) {
        continue;
      }
      if (await requests.canBeAsked(transaction, contactId)) {
        const place = await heard.last(transaction, contactId);
        await requests.request(transaction, contactId, {
          kind: 'again',
          reason: 'copy',
          ids: [],
          after: place ? { place } : {},
        });
        asked.push(contactId);
      } else {
        notAsked.push(contactId);
      }
    }
    transaction.told.events.push({ event: 'restored', told: { asked, notAsked } });
  }

  /** Under another id, for the relay may have had another message under that one. */
  async #anew(transaction: Transaction, waiting: outbox.Waiting): Promise<void> {
    const { userId, clock } = this.#shared;
    const newId = this.#parts.mintId(clock.now());
    if (waiting.control) {
      const { position, contactId, control } = waiting;
      outbox.change(transaction, { position, contactId, control, messageId: newId });
      return;
    }
    await reissue(transaction, this.#parts.transfers, {
      senderId: userId,
      oldId: waiting.messageId,
      newId,
      created: clock.now(),
    });
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
