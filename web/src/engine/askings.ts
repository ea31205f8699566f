import { type Peer, Refused } from '../crypto';
import { ServerRefusal, Unreachable } from '../protocol/failures';
import { Lane } from '../protocol/lane';
import type { Shared } from './parts';
import type { Peers } from './peers';
import * as refusals from './stored/refusals';
import { DAY, MINUTE } from './surroundings';

const FIRST_WAIT = 10 * MINUTE;
const LONGEST_WAIT = DAY;
const MOST_DOUBLINGS = 8;

/** So many askings without an answer in one look, and the rest has to wait for the next. */
const MOST_UNANSWERED = 3;

/** In one look. */
const MOST_STRANGERS = 100;

/**
 * Asks for keys of senders on account of what comes in. Anybody can send anything in anybody's
 * name, if the server likes, so one sender's keys are asked for once, and then more and more
 * seldom; and where the directory is away, it is left alone. One asking at a time: of messages that
 * are opened at once, the others know by then what the first has learned.
 */
export class Askings {
  readonly #shared: Shared;
  readonly #peers: Peers;
  readonly #lane = new Lane();
  readonly #refusedInThisLook = new Map<string, Refused>();
  #unanswered = 0;
  #strangers = 0;

  constructor(shared: Shared, peers: Peers) {
    this.#shared = shared;
    this.#peers = peers;
  }

  beginLook(): void {
    this.#unanswered = 0;
    this.#strangers = 0;
    this.#refusedInThisLook.clear();
  }

  /**
   * Who a sender is.
   *
   * @throws Refused MISSING where nobody knows; else what `Peer.pin` says
   * @throws Unreachable where that can't be asked now
   */
  async known(senderId: string): Promise<Peer> {
    return (
      (await this.#peers.knownHere(senderId)) ?? this.#lane.run(() => this.#metFirst(senderId))
    );
  }

  async #metFirst(senderId: string): Promise<Peer> {
    const known = await this.#peers.knownHere(senderId);
    if (known) {
      return known;
    }
    if (!(await this.isDue(senderId))) {
      throw new Refused('MISSING', 'bundle');
    }
    if (this.#strangers === MOST_STRANGERS) {
      throw new Unreachable('Too many strangers at once: the rest has to wait.');
    }
    this.#strangers++;
    return this.#asked(senderId);
  }

  /**
   * A sender as the directory knows them by now, if it may be asked.
   *
   * @param tried with whom it was tried
   * @param refused why they don't do
   */
  newer(senderId: string, tried: Peer, refused: Refused): Promise<Peer> {
    return this.#lane.run(async () => {
      const known = await this.#peers.knownHere(senderId);
      if (known && (known.bundle !== tried.bundle || known.changed !== tried.changed)) {
        return known;
      }
      if (!(await this.isDue(senderId))) {
        throw refused;
      }
      try {
        return await this.#asked(senderId);
      } catch (replayed) {
        throw replayed instanceof Refused ? refused : replayed;
      }
    });
  }

  /** Whether to ask again may be of use by now. */
  async isDue(senderId: string): Promise<boolean> {
    const now = this.#shared.clock.now();
    const before = await refusals.asking(this.#shared.transactions.reads, senderId);
    // A clock that was set back doesn't make a wait longer.
    return !before || before.when > now || now >= before.when + waitAfter(before.times);
  }

  async #asked(senderId: string): Promise<Peer> {
    const before = this.#refusedInThisLook.get(senderId);
    if (before) {
      throw before;
    }
    if (this.#unanswered === MOST_UNANSWERED) {
      throw new Unreachable("The key directory can't be reached: try again later.");
    }
    try {
      const peer = await this.#peers.refreshed(senderId);
      await this.#remember(senderId);
      return peer;
    } catch (failure) {
      if (failure instanceof Unreachable) {
        this.#unanswered++;
      }
      if (failure instanceof Refused) {
        throw await this.#refused(senderId, failure);
      }
      if (failure instanceof ServerRefusal) {
        throw await this.#refused(senderId, new Refused('MISSING', 'bundle'));
      }
      throw failure;
    }
  }

  async #refused(senderId: string, why: Refused): Promise<Refused> {
    this.#refusedInThisLook.set(senderId, why);
    // A clock may be put right at any time: then it is worth asking.
    if (why.refusal !== 'FUTURE_BUNDLE') {
      await this.#remember(senderId);
    }
    return why;
  }

  #remember(senderId: string): Promise<void> {
    return this.#shared.transactions.run(async (transaction) => {
      const now = this.#shared.clock.now();
      const before = await refusals.asking(transaction, senderId);
      const times = before && now < before.when + 2 * LONGEST_WAIT ? before.times : 0;
      await refusals.keepAsking(transaction, {
        userId: senderId,
        when: now,
        times: Math.min(times + 1, MOST_DOUBLINGS),
      });
    });
  }
}

function waitAfter(times: number): number {
  return Math.min(FIRST_WAIT * 2 ** (times - 1), LONGEST_WAIT);
}
