import { LoginRequired, Unreachable } from '../protocol/failures';
import type { RelayApi } from '../protocol/relayApi';
import type { Quarantined } from './api';
import type { Shared } from './parts';
import * as refusals from './stored/refusals';

/** At once. */
const MOST_ACKNOWLEDGED = 100;

/** Messages that were refused, and are kept for a look. */
export class Quarantine {
  readonly #shared: Shared;
  readonly #relay: Pick<RelayApi, 'acknowledge'>;

  constructor(shared: Shared, relay: Pick<RelayApi, 'acknowledge'>) {
    this.#shared = shared;
    this.#relay = relay;
  }

  /** Oldest first. */
  async all(): Promise<Quarantined[]> {
    const kept = await refusals.kept(this.#shared.transactions.reads);
    return kept.map(({ messageId, senderId, firstSeen, reason, detail }) => ({
      messageId,
      senderId,
      firstSeen,
      reason,
      detail,
    }));
  }

  /** Lets go of them; the relay may forget them, too. Gives how many they were. */
  async discard(): Promise<number> {
    const discarded = await this.#shared.transactions.run(async (transaction) => {
      const kept = await refusals.kept(transaction);
      for (const row of kept) {
        refusals.discard(transaction, row);
      }
      transaction.told.events.push({ event: 'quarantine', told: { count: 0 } });
      return kept;
    });
    const ids = discarded.flatMap(({ messageId }) => (messageId === '' ? [] : [messageId]));
    try {
      for (let from = 0; from < ids.length; from += MOST_ACKNOWLEDGED) {
        await this.#relay.acknowledge(ids.slice(from, from + MOST_ACKNOWLEDGED));
      }
    } catch (failure) {
      if (!(failure instanceof Unreachable || failure instanceof LoginRequired)) {
        throw failure;
      }
      // It is told when it hands them over again.
    }
    return discarded.length;
  }
}
