import type { AgainContent } from '../crypto';
import type { Transfers } from './files/transfers';
import type { MintId } from './outboxDates';
import type { Shared } from './parts';
import { reissue } from './reissuing';
import { RANK, type StoredMessage } from './stored/message';
import { find } from './stored/messageRows';
import * as messages from './stored/messages';
import * as outbox from './stored/outbox';
import type { PeerStore } from './stored/peers';
import * as sentBefore from './stored/sentBefore';
import type { Transaction } from './transaction';

/** So often a message is sealed again. */
const MOST_TIMES = 3;

/** Messages that one request brings forth. */
const MOST_MESSAGES = 1_000;

export interface ResealingParts {
  shared: Shared;
  peers: PeerStore;
  transfers: Transfers;
  mintId: MintId;
}

/**
 * Has own messages go out again, under new ids, for a contact that asks for them. Only what was
 * written to that contact, and each a few times: a request is somebody else's.
 */
export class Resealing {
  readonly #shared: Shared;
  readonly #peers: PeerStore;
  readonly #transfers: Transfers;
  readonly #mintId: MintId;

  constructor({ shared, peers, transfers, mintId }: ResealingParts) {
    this.#shared = shared;
    this.#peers = peers;
    this.#transfers = transfers;
    this.#mintId = mintId;
  }

  /**
   * Puts what is asked for into the outbox. Within the transaction that takes the request.
   *
   * @returns whether anything goes out again
   */
  async answer(
    transaction: Transaction,
    contactId: string,
    request: AgainContent,
  ): Promise<boolean> {
    if (request.reason !== 'missing') {
      // Theirs that are kept here may be no good any more, and so may what is known of them.
      await this.#peers.dropPrekeys(transaction, contactId);
      await this.#peers.checked(transaction, contactId, 0);
    }
    let any = false;
    for (const id of (await askedFor(transaction, contactId, request)).slice(0, MOST_MESSAGES)) {
      const message = await find(transaction, this.#shared.userId, id);
      if (message?.contactId === contactId && (await mayGoAgain(transaction, message))) {
        any = (await this.#again(transaction, message)) || any;
      }
    }
    return any;
  }

  async #again(transaction: Transaction, message: StoredMessage): Promise<boolean> {
    const now = this.#shared.clock.now();
    const reissued = await reissue(transaction, this.#transfers, {
      senderId: this.#shared.userId,
      oldId: message.id,
      newId: this.#mintId(now),
      created: now,
    });
    if (!reissued) {
      return false;
    }
    await messages.change(transaction, reissued, {
      details: { ...reissued.details, sealed_again: (message.details.sealed_again ?? 0) + 1 },
    });
    return true;
  }
}

async function askedFor(
  transaction: Transaction,
  contactId: string,
  { ids, numbers, after }: AgainContent,
): Promise<string[]> {
  const asked = new Set<string>();
  for (const id of ids) {
    // What went out again since is on its way under another id.
    if ((await sentBefore.current(transaction, id)) === id) {
      asked.add(id);
    }
  }
  const byNumber = numbers
    ? await sentBefore.at(transaction, contactId, numbers, MOST_MESSAGES)
    : [];
  const byPlace = after
    ? await sentBefore.after(transaction, contactId, after.place, MOST_MESSAGES)
    : [];
  return [...new Set([...asked, ...byNumber, ...byPlace])];
}

/** What can't be read any more can't be sent again, and what is on its way is. */
async function mayGoAgain(transaction: Transaction, message: StoredMessage): Promise<boolean> {
  const isOnItsWay =
    message.rank === RANK.sending && (await outbox.find(transaction, message.id)) !== undefined;
  return (
    !isOnItsWay && !message.details.damaged && (message.details.sealed_again ?? 0) < MOST_TIMES
  );
}
