import { Refused } from '../crypto';
import { ServerRefusal, Unreachable } from '../protocol/failures';
import type { RelayApi } from '../protocol/relayApi';
import type { Socket } from '../protocol/socket';
import type { Transfers } from './files/transfers';
import { Backoff } from './link/backoff';
import { type ClockWatch, TOLERANCE } from './link/clockWatch';
import { isBefore, timeOf } from './messageIds';
import type { Shared } from './parts';
import { reissue } from './reissuing';
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

const UNPROCESSABLE = 422;

/** Answers after which the same message would get the same one. */
const FOR_GOOD: ReadonlySet<number> = new Set([400, 404, 409, 413, UNPROCESSABLE]);

/** For so long the server is to have a message's files when it goes out; of 7 days. */
const FILES_LEFT = 6 * DAY;

const DAMAGED = "It can't be read any more, for the store is damaged: write it again.";

const TOO_LATE =
  "It couldn't be sent within the last 7 days, and doesn't go out by itself any more: send it" +
  ' again, if it still holds.';

/** Mints the id of a message that is written now, or at another time. */
export type MintId = (when: number) => string;

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
  readonly #mintId: MintId;
  readonly #clock: ClockWatch;
  readonly #emit: Emit;
  readonly #backoff: Backoff;

  /** Messages that have left over the socket, and for how long the answer is awaited. */
  readonly #awaited = new Map<string, Pause>();
  /** Messages whose bytes the relay has refused for the clock's sake. */
  readonly #misdated = new Set<string>();
  /** New ids of such messages: the relay that refuses one of them again means something else. */
  readonly #redated = new Set<string>();
  /** By contact, the newest id that was sealed. */
  readonly #newest = new Map<string, string>();
  /** By contact, for how long the relay takes nothing more for it. */
  readonly #turnedAway = new Map<string, Pause>();
  /** The relay has asked to be left alone for so long. */
  #quiet: Pause = OVER;

  constructor(parts: OutboxParts) {
    this.#shared = parts.shared;
    this.#relay = parts.relay;
    this.#sealing = parts.sealing;
    this.#transfers = parts.transfers;
    this.#mintId = parts.mintId;
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
    for (const { messageId, contactId } of await rows.waiting(this.#shared.transactions.reads)) {
      if (!this.#quiet.isOver() || unreachable === MOST_UNREACHABLE) {
        return true;
      }
      const isTurnedAway = !(this.#turnedAway.get(contactId) ?? OVER).isOver();
      if (held.has(contactId) || isTurnedAway || this.#isAwaited(messageId)) {
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
      if (waiting.request !== undefined && !this.#misdated.has(messageId)) {
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
    const message = await this.#dated(waiting);
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
    this.#newest.set(waiting.contactId, message.id);
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
    const current = this.#misdated.delete(waiting.messageId)
      ? await this.#redatedControl(waiting, control)
      : waiting;
    const request = await this.#sealing.sealControl(current, control);
    if (request !== undefined) {
      return this.#leave(current, request, socket);
    }
    await this.#shared.transactions.run((transaction) =>
      rows.remove(transaction, current.messageId),
    );
    return true;
  }

  async #redatedControl(waiting: Waiting, control: Uint8Array<ArrayBuffer>): Promise<Waiting> {
    const messageId = this.#mintId(this.#shared.clock.now());
    const { position, contactId } = waiting;
    const next = { position, messageId, contactId, control };
    await this.#shared.transactions.run(async (transaction) => rows.change(transaction, next));
    this.#redated.add(messageId);
    return next;
  }

  /**
   * The message as it can go out: under a new id where the relay has refused the time of the one it
   * had, or would hand it over before one that was written earlier.
   */
  async #dated(waiting: Waiting): Promise<StoredMessage | undefined> {
    const { userId, clock, transactions } = this.#shared;
    const message = await find(transactions.reads, userId, waiting.messageId);
    if (!message) {
      return undefined;
    }
    const isMisdated =
      this.#misdated.delete(message.id) ||
      !this.#clock.isTaken(message.created) ||
      !this.#clock.isTaken(timeOf(message.id));
    if (isMisdated && !this.#waitedForTooLong(waiting, message)) {
      const next = await this.reissue(message, clock.now());
      if (next) {
        this.#redated.add(next.id);
      }
      return next;
    }
    const before = this.#newest.get(waiting.contactId);
    return before !== undefined && isBefore(message.id, before)
      ? this.reissue(message, message.created)
      : message;
  }

  /**
   * Sends an own message once more, under a new id.
   *
   * @param created what its recipient is told of when it was written
   */
  async reissue(message: StoredMessage, created: number): Promise<StoredMessage | undefined> {
    const newId = this.#idBehind(this.#newest.get(message.contactId));
    const next = await this.#shared.transactions.run((transaction) =>
      reissue(transaction, this.#transfers, {
        senderId: this.#shared.userId,
        oldId: message.id,
        newId,
        created,
      }),
    );
    this.#awaited.delete(message.id);
    return next;
  }

  /** An id under which the relay hands a message over after the last one, if it can be. */
  #idBehind(last: string | undefined): string {
    const id = this.#mintId(this.#shared.clock.now());
    if (last === undefined || !isBefore(id, last)) {
      return id;
    }
    const behind = timeOf(last) + 1;
    return this.#clock.isTaken(behind) ? this.#mintId(behind) : id;
  }

  /** Whether it is too old, and not only by a clock that was behind when it was written. */
  #waitedForTooLong(waiting: Waiting, message: StoredMessage): boolean {
    return (
      !this.#clock.isWithinLongestWait(message.created) &&
      !(waiting.known !== undefined && this.#clock.isWithinLongestWait(waiting.known))
    );
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
    const isCurable =
      this.#clock.serverNow() !== undefined &&
      !this.#redated.has(messageId) &&
      (refusal.isForTheClock || this.#isMisdated(messageId, refusal.status));
    if (!waiting || !isCurable) {
      await this.fail(messageId, refusal.message);
      return false;
    }
    if (await this.#isLost(waiting)) {
      await this.fail(messageId, TOO_LATE);
      return false;
    }
    this.#awaited.delete(messageId);
    this.#misdated.add(messageId);
    return true;
  }

  /** A relay that doesn't say that it is for the clock's sake names the field alone. */
  #isMisdated(messageId: string, status: number): boolean {
    return status === UNPROCESSABLE && !this.#clock.isTaken(timeOf(messageId));
  }

  async #isLost(waiting: Waiting): Promise<boolean> {
    const { userId, transactions } = this.#shared;
    const message = await find(transactions.reads, userId, waiting.messageId);
    return message !== undefined && this.#waitedForTooLong(waiting, message);
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
    this.#misdated.delete(messageId);
    this.#redated.delete(messageId);
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

/** When it was written, as far as the clock can have been right then. */
function written(waiting: Waiting, message: StoredMessage): number {
  const isWrong =
    message.arrived > message.created ||
    (waiting.known !== undefined && message.arrived < waiting.known - TOLERANCE);
  return isWrong ? message.created : message.arrived;
}
