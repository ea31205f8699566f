import { Refused } from '../crypto';
import { ServerRefusal, Unreachable } from '../protocol/failures';
import type { RelayApi } from '../protocol/relayApi';
import type { Socket } from '../protocol/socket';
import { isNotLoaded } from './failures';
import type { Transfers } from './files/transfers';
import { Backoff } from './link/backoff';
import type { ClockWatch } from './link/clockWatch';
import { type MintId, OutboxDates, written } from './outboxDates';
import type { Shared } from './parts';
import { type Sealing, Unsendable } from './sealing';
import { arrange } from './stored/conversations';
import { RANK, type StoredMessage } from './stored/message';
import { find } from './stored/messageRows';
import * as messages from './stored/messages';
import type { Waiting } from './stored/outbox';
import * as rows from './stored/outbox';
import * as ownStreams from './stored/ownStreams';
import { DAY, OVER, type Pause, pause, SECOND } from './surroundings';
import type { Emit } from './told';
import type { Transaction } from './transaction';

/** So many tries without an answer, and the rest of the outbox waits, too. */
const MOST_UNREACHABLE = 3;

/** For so long an answer over the socket is awaited. */
const LONGEST_ANSWER = 10 * SECOND;

/** Tries without any success get rarer so: who has just come has no keys at the first one. */
const BETWEEN_TRIES = { first: 2 * SECOND, longest: 60 * SECOND };

/** Answers after which the same message would get the same one. */
const FOR_GOOD: ReadonlySet<number> = new Set([400, 404, 409, 413, 422]);

/** For so long the server is to have a message's files when it goes out; of 7 days. */
const FILES_LEFT = 6 * DAY;

const DAMAGED = "It can't be read any more, for the store is damaged: write it again.";

const TOO_LATE =
  "It couldn't be sent within the last 7 days, and doesn't go out by itself any more: send it" +
  ' again, if it still holds.';

const NOT_FOUND = 404;

const GONE =
  'There is no such account any more, so nobody gets it: ask them for another address of theirs.';

export interface OutboxParts {
  shared: Shared;
  relay: Pick<RelayApi, 'send'>;
  sealing: Sealing;
  transfers: Transfers;
  mintId: MintId;
  clock: ClockWatch;
  /** From 0 to 1, without 1. */
  chance: () => number;
  emit: Emit;
}

/** Whether a send that was answered so is in vain. A firewall's 403, for one, passes. */
export function isForGood(status: number): boolean {
  return FOR_GOOD.has(status);
}

/**
 * Messages on their way out. A message is stored, then sealed once when it is first sent; every try
 * sends the same bytes, until the relay has answered. One that the relay refuses for the clock's
 * sake waits until the clock is right, and is sealed anew under a new id.
 */
export class Outbox {
  readonly #shared: Shared;
  readonly #relay: Pick<RelayApi, 'send'>;
  readonly #sealing: Sealing;
  readonly #transfers: Transfers;
  readonly #clock: ClockWatch;
  readonly #emit: Emit;
  readonly #dates: OutboxDates;
  readonly #backoff: Backoff;

  /** Messages that have left over the socket, and for how long the answer is awaited. */
  readonly #awaited = new Map<string, Pause>();
  /** By contact, for how long the relay takes nothing more for it. */
  readonly #turnedAway = new Map<string, Pause>();
  /** The relay has asked to be left alone for so long. */
  #quiet: Pause = OVER;

  constructor(parts: OutboxParts) {
    this.#shared = parts.shared;
    this.#relay = parts.relay;
    this.#sealing = parts.sealing;
    this.#transfers = parts.transfers;
    this.#dates = new OutboxDates(parts);
    this.#clock = parts.clock;
    this.#emit = parts.emit;
    this.#backoff = new Backoff(parts.chance, BETWEEN_TRIES);
  }

  /** When to try again what is left, milliseconds. */
  nextTry(): number {
    const wait = this.#awaited.size > 0 ? LONGEST_ANSWER : this.#backoff.next();
    return Math.max(wait, this.#quiet.left());
  }

  /**
   * Sends what is waiting, each contact's messages in their order: over a socket the next one waits
   * for the answer to the last, for the relay takes up frames in any order. One run at a time.
   *
   * @returns whether something is left that another try may help
   */
  async run(socket: Socket | undefined): Promise<boolean> {
    let unreachable = 0;
    const held = new Set<string>();
    const { reads } = this.#shared.transactions;
    const waiting = rows.inTurn(reads, (contactId) => held.has(contactId));
    for await (const { messageId, contactId } of waiting) {
      if (!this.#quiet.isOver() || unreachable === MOST_UNREACHABLE) {
        return true;
      }
      const isTurnedAway = !(this.#turnedAway.get(contactId) ?? OVER).isOver();
      if (isTurnedAway || this.#isAwaited(messageId)) {
        held.add(contactId);
        continue;
      }
      try {
        if (!(await this.#send(messageId, socket))) {
          held.add(contactId);
        }
      } catch (failure) {
        held.add(contactId);
        unreachable += Number(await this.#heldUp(contactId, failure));
      }
    }
    return held.size > 0 || this.#awaited.size > 0;
  }

  /** @returns whether the server didn't answer */
  async #heldUp(contactId: string, failure: unknown): Promise<boolean> {
    if (failure instanceof Refused) {
      await this.#shared.transactions.run((transaction) =>
        arrange(transaction, contactId, { held: failure.refusal }),
      );
      return false;
    }
    if (failure instanceof ServerRefusal) {
      // Of what the message needs, not of the message: the next ones may do without.
      this.#turnAway(contactId, failure);
      return false;
    }
    if (isNotLoaded(failure)) {
      // Of this program, which comes from there as well.
      return true;
    }
    if (failure instanceof Unreachable) {
      if (failure.retryAfter !== undefined) {
        this.#quiet = pause(this.#shared.clock, failure.retryAfter * SECOND);
      }
      return true;
    }
    throw failure;
  }

  /** Nothing more goes to this contact until the relay may take it; the user is told why. */
  #turnAway(contactId: string, refusal: ServerRefusal): void {
    if (refusal.retryAfter !== undefined) {
      this.#turnedAway.set(contactId, pause(this.#shared.clock, refusal.retryAfter * SECOND));
    }
    this.#emit('failed', { code: refusal.code || 'refused', detail: refusal.message });
  }

  /** The relay doesn't take it now: it stays, and is sent again. */
  async notNow(messageId: string, refusal: ServerRefusal): Promise<void> {
    this.#awaited.delete(messageId);
    if (refusal.isOfTheRecipient) {
      const waiting = await rows.find(this.#shared.transactions.reads, messageId);
      if (waiting) {
        this.#turnAway(waiting.contactId, refusal);
      }
    } else if (refusal.retryAfter !== undefined) {
      this.#quiet = pause(this.#shared.clock, refusal.retryAfter * SECOND);
    }
  }

  #isAwaited(messageId: string): boolean {
    return !(this.#awaited.get(messageId) ?? OVER).isOver();
  }

  /** Whether the contact's next message may go now. */
  async #send(messageId: string, socket: Socket | undefined): Promise<boolean> {
    const waiting = await rows.find(this.#shared.transactions.reads, messageId);
    if (!waiting) {
      return true;
    }
    if (waiting.damaged) {
      await this.fail(messageId, DAMAGED);
      return true;
    }
    try {
      if (waiting.request !== undefined && !this.#dates.isMisdated(messageId)) {
        return await this.#leave(waiting, waiting.request, socket);
      }
      if (!(await this.#clock.allowsSealing())) {
        return false;
      }
      return waiting.control
        ? await this.#sendControl(waiting, waiting.control, socket)
        : await this.#sendMessage(waiting, socket);
    } catch (failure) {
      if (failure instanceof Unsendable) {
        await this.fail(messageId, failure.message);
        return true;
      }
      throw failure;
    }
  }

  async #sendMessage(waiting: Waiting, socket: Socket | undefined): Promise<boolean> {
    const message = await this.#dates.dated(waiting);
    if (!message || message.details.damaged) {
      await this.fail(waiting.messageId, DAMAGED);
      return true;
    }
    const files =
      message.fileCount === 0
        ? []
        : await this.#shared.transactions.run(() =>
            this.#transfers.whenUp(
              message.senderId,
              message.id,
              this.#shared.clock.now() + FILES_LEFT,
            ),
          );
    const current = await rows.find(this.#shared.transactions.reads, message.id);
    if (!files || !current) {
      return current === undefined;
    }
    const request = await this.#sealing.seal(message, written(current, message), files);
    if (request === undefined) {
      return true;
    }
    this.#dates.sealed(message);
    return this.#leave(current, request, socket);
  }

  /**
   * Sends what is for a contact's program. What can't be read by it is of no use, and goes nowhere.
   *
   * @returns whether the contact's next message may go now
   */
  async #sendControl(
    waiting: Waiting,
    control: Uint8Array<ArrayBuffer>,
    socket: Socket | undefined,
  ): Promise<boolean> {
    const current = await this.#dates.datedControl(waiting, control);
    const request = await this.#sealing.sealControl(current, control);
    if (request !== undefined) {
      return this.#leave(current, request, socket);
    }
    await this.#shared.transactions.run((transaction) =>
      rows.remove(transaction, current.messageId),
    );
    return true;
  }

  /**
   * A message that got no answer over a socket that is still there goes the other way.
   *
   * @returns whether the contact's next message may go now
   */
  async #leave(waiting: Waiting, request: string, socket: Socket | undefined): Promise<boolean> {
    const { messageId } = waiting;
    const isOverdue = this.#awaited.delete(messageId);
    if (!isOverdue && socket?.isOpen && socket.send(request)) {
      this.#awaited.set(messageId, pause(this.#shared.clock, LONGEST_ANSWER));
      this.#shared.step('left');
      return false;
    }
    try {
      await this.#relay.send(request);
    } catch (failure) {
      if (!(failure instanceof ServerRefusal && isForGood(failure.status))) {
        throw failure;
      }
      return !(await this.refused(messageId, failure));
    }
    this.#shared.step('answered');
    await this.sent(messageId);
    return true;
  }

  /** The relay has it. */
  sent(messageId: string): Promise<void> {
    this.#backoff.reset();
    return this.#settle(messageId, async (transaction, { contactId }) => {
      const { userId, clock } = this.#shared;
      await messages.advance(transaction, userId, messageId, contactId, RANK.sent, clock.now());
    });
  }

  /**
   * The relay won't take it as it is.
   *
   * @returns whether it will be tried again, made anew
   */
  async refused(
    messageId: string,
    refusal: Pick<ServerRefusal, 'status' | 'message' | 'isForTheClock'>,
  ): Promise<boolean> {
    const waiting = await rows.find(this.#shared.transactions.reads, messageId);
    if (!waiting || !this.#dates.isCurable(messageId, refusal)) {
      await this.fail(messageId, refusal.status === NOT_FOUND ? GONE : refusal.message);
      return false;
    }
    if (await this.#dates.isLost(waiting)) {
      await this.fail(messageId, TOO_LATE);
      return false;
    }
    this.#awaited.delete(messageId);
    this.#dates.misdated(messageId);
    return true;
  }

  /**
   * Sends an own message once more, under a new id.
   *
   * @param created what its recipient is told of when it was written
   */
  async reissue(message: StoredMessage, created: number): Promise<StoredMessage | undefined> {
    const next = await this.#dates.reissue(message, created);
    this.#awaited.delete(message.id);
    return next;
  }

  /** It won't ever be sent. */
  fail(messageId: string, reason: string): Promise<void> {
    return this.#settle(messageId, async (transaction, { contactId }) => {
      await ownStreams.neverComes(transaction, messageId);
      const { userId } = this.#shared;
      const message = await find(transaction, userId, messageId);
      if (message?.contactId === contactId && message.rank < RANK.failed) {
        await messages.change(transaction, message, {
          rank: RANK.failed,
          details: { ...message.details, failure: reason },
        });
      }
    });
  }

  disconnected(): void {
    this.#awaited.clear();
  }

  async #settle(
    messageId: string,
    move: (transaction: Transaction, waiting: Waiting) => Promise<void>,
  ): Promise<void> {
    this.#awaited.delete(messageId);
    this.#dates.over(messageId);
    await this.#shared.transactions.run(async (transaction) => {
      const waiting = await rows.find(transaction, messageId);
      if (waiting) {
        await rows.remove(transaction, messageId);
        await move(transaction, waiting);
      }
    });
    this.#shared.step('answer_kept');
  }
}
