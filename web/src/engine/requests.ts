import { type AgainContent, CONTENT_LIMITS, encodeAgain } from '../crypto';
import type { MintId } from './outboxDates';
import type { Shared } from './parts';
import * as asked from './stored/asked';
import { arrange } from './stored/conversations';
import * as heard from './stored/heard';
import * as outbox from './stored/outbox';
import type { PeerStore } from './stored/peers';
import * as refusals from './stored/refusals';
import { DAY, HOUR, MINUTE } from './surroundings';
import type { Reads, Transaction } from './transaction';

/** The first waits for nothing. */
const BETWEEN: readonly number[] = [HOUR, 6 * HOUR, DAY, 2 * DAY];

const MOST_AN_HOUR = 20;

/** A gap that lasts for so long is asked for: what is late comes sooner. */
const GAP_LASTS = MINUTE;

/** The relay keeps nothing for longer. */
const KEPT = 8 * DAY;

/**
 * Asks senders to seal again what can't be opened here, or never came.
 *
 * That a message can't be opened is found out before its signature can be: that is made over public
 * parts of prekeys that are gone with their private ones. So whoever can put a message into the
 * relay makes this account send requests, and they are few: so many messages of one sender, and of
 * strangers; so many requests within an hour; each a few times, with more time between.
 */
export class Requests {
  readonly #shared: Shared;
  readonly #peers: PeerStore;
  readonly #mintId: MintId;
  readonly #counted = new Map<string, number>();
  #countedSince = Number.NEGATIVE_INFINITY;

  constructor(shared: Shared, peers: PeerStore, mintId: MintId) {
    this.#shared = shared;
    this.#peers = peers;
    this.#mintId = mintId;
  }

  /** Whether somebody's identity is pinned, unchanged, and their program reads requests. */
  async canBeAsked(reads: Reads, senderId: string): Promise<boolean> {
    const peer = (await this.#peers.find(reads, senderId))?.peer;
    return peer !== undefined && !peer.changed && peer.bundle.bundle.capabilities.readContent();
  }

  /** All that the relay has was looked at: what is missing now is told. */
  lookedAtAll(): Promise<void> {
    return this.#shared.transactions.run(async (transaction) => {
      const now = this.#shared.clock.now();
      const senders = new Set<string>();
      for (const of of await heard.open(transaction)) {
        const { count } = of.missing;
        // What was refused came: it is in no stream, for nobody could read its number.
        const refused = await refusals.countOfKept(transaction, of.senderId);
        const told = count > refused ? count : 0;
        if (told !== of.told || (told > 0 && of.noticed === 0)) {
          const noticed = of.noticed === 0 && told > 0 ? now : of.noticed;
          await heard.keep(transaction, { ...of, told, noticed });
          senders.add(of.senderId);
        }
      }
      await tellMissing(transaction, senders);
    });
  }

  /**
   * Puts requests for which it is time into the outbox.
   *
   * @returns whether there were any
   */
  async run(): Promise<boolean> {
    const now = this.#shared.clock.now();
    if (now >= this.#countedSince + HOUR) {
      this.#countedSince = now;
      this.#counted.clear();
    }
    const any = await this.#shared.transactions.run(async (transaction) => {
      const unopened = await this.#askForUnopened(transaction, now);
      const missing = await this.#askForMissing(transaction, now);
      return unopened || missing;
    });
    if (any) {
      this.#shared.step('asked');
    }
    return any;
  }

  async #askForUnopened(transaction: Transaction, now: number): Promise<boolean> {
    const due = new Map<string, asked.Asked[]>();
    for (const row of await asked.all(transaction)) {
      if (row.first < now - KEPT) {
        asked.remove(transaction, row);
      } else if (row.next <= now && row.times < BETWEEN.length) {
        due.set(row.senderId, [...(due.get(row.senderId) ?? []), row]);
      }
    }
    let any = false;
    for (const [senderId, all] of due) {
      if (this.#mayAsk(senderId)) {
        const rows = all.slice(0, CONTENT_LIMITS.ids);
        for (const row of rows) {
          asked.asked(transaction, row, now + (BETWEEN[row.times] ?? KEPT));
        }
        const ids = rows.map(({ messageId }) => messageId);
        await this.request(transaction, senderId, { kind: 'again', reason: 'unopened', ids });
        any = true;
      }
    }
    return any;
  }

  async #askForMissing(transaction: Transaction, now: number): Promise<boolean> {
    let any = false;
    for (const of of await heard.open(transaction)) {
      const isTime =
        of.told > 0 && of.times < BETWEEN.length && now >= of.noticed + GAP_LASTS && now >= of.next;
      if (
        isTime &&
        (await this.canBeAsked(transaction, of.senderId)) &&
        this.#mayAsk(of.senderId)
      ) {
        const next = now + (BETWEEN[of.times] ?? KEPT);
        await heard.keep(transaction, { ...of, times: of.times + 1, next });
        await this.request(transaction, of.senderId, {
          kind: 'again',
          reason: 'missing',
          ids: [],
          numbers: { epoch: of.epoch, numbers: of.missing },
        });
        any = true;
      }
    }
    return any;
  }

  #mayAsk(senderId: string): boolean {
    const count = (this.#counted.get(senderId) ?? 0) + 1;
    this.#counted.set(senderId, count);
    return count <= MOST_AN_HOUR;
  }

  /** Puts a request into the outbox. */
  async request(transaction: Transaction, senderId: string, request: AgainContent): Promise<void> {
    await outbox.add(transaction, {
      messageId: this.#mintId(this.#shared.clock.now()),
      contactId: senderId,
      control: encodeAgain(request),
    });
  }
}

/** The list shows how many of each sender's are missing. */
async function tellMissing(transaction: Transaction, senders: Set<string>): Promise<void> {
  const open = await heard.open(transaction);
  for (const senderId of senders) {
    const missing = open
      .filter((of) => of.senderId === senderId)
      .reduce((sum, { told }) => sum + told, 0);
    await arrange(transaction, senderId, { missing });
  }
}
