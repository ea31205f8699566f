import type { ServerRefusal } from '../protocol/failures';
import type { Transfers } from './files/transfers';
import { type ClockWatch, TOLERANCE } from './link/clockWatch';
import { isBefore, timeOf } from './messageIds';
import type { Shared } from './parts';
import { reissue } from './reissuing';
import type { StoredMessage } from './stored/message';
import { find } from './stored/messageRows';
import type { Waiting } from './stored/outbox';
import * as rows from './stored/outbox';

const UNPROCESSABLE = 422;

/** Mints the id of a message that is written now, or at another time. */
export type MintId = (when: number) => string;

export interface OutboxDatesParts {
  shared: Shared;
  transfers: Transfers;
  mintId: MintId;
  clock: ClockWatch;
}

/**
 * Under which ids and times messages go out. The relay takes what is dated within its limits, and
 * hands messages over by their ids: what doesn't fit goes out under a new id.
 */
export class OutboxDates {
  readonly #shared: Shared;
  readonly #transfers: Transfers;
  readonly #mintId: MintId;
  readonly #clock: ClockWatch;

  /** Messages whose bytes the relay has refused for the clock's sake. */
  readonly #misdated = new Set<string>();
  /** New ids of such messages: the relay that refuses one of them again means something else. */
  readonly #redated = new Set<string>();
  /** By contact, the newest id that was sealed. */
  readonly #newest = new Map<string, string>();

  constructor({ shared, transfers, mintId, clock }: OutboxDatesParts) {
    this.#shared = shared;
    this.#transfers = transfers;
    this.#mintId = mintId;
    this.#clock = clock;
  }

  isMisdated(messageId: string): boolean {
    return this.#misdated.has(messageId);
  }

  /** The relay has refused its bytes for the clock's sake. */
  misdated(messageId: string): void {
    this.#misdated.add(messageId);
  }

  /** It has left the outbox. */
  over(messageId: string): void {
    this.#misdated.delete(messageId);
    this.#redated.delete(messageId);
  }

  /** What follows to this contact must have a later id. */
  sealed({ contactId, id }: StoredMessage): void {
    this.#newest.set(contactId, id);
  }

  /** Whether a new date makes of a message that was refused one that isn't. */
  isCurable(messageId: string, refusal: Pick<ServerRefusal, 'status' | 'isForTheClock'>): boolean {
    return (
      this.#clock.serverNow() !== undefined &&
      !this.#redated.has(messageId) &&
      (refusal.isForTheClock || this.#isTimeRefused(messageId, refusal.status))
    );
  }

  /** A relay that doesn't say that it is for the clock's sake names the field alone. */
  #isTimeRefused(messageId: string, status: number): boolean {
    return status === UNPROCESSABLE && !this.#clock.isTaken(timeOf(messageId));
  }

  /** Whether it waited for longer than the relay would keep it. */
  async isLost(waiting: Waiting): Promise<boolean> {
    const { userId, transactions } = this.#shared;
    const message = await find(transactions.reads, userId, waiting.messageId);
    return message !== undefined && this.#waitedForTooLong(waiting, message);
  }

  /** What is for a contact's program, as it can go out. */
  async datedControl(waiting: Waiting, control: Uint8Array<ArrayBuffer>): Promise<Waiting> {
    if (!this.#misdated.delete(waiting.messageId)) {
      return waiting;
    }
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
  async dated(waiting: Waiting): Promise<StoredMessage | undefined> {
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
    return this.#shared.transactions.run((transaction) =>
      reissue(transaction, this.#transfers, {
        senderId: this.#shared.userId,
        oldId: message.id,
        newId,
        created,
      }),
    );
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
}

/** When it was written, as far as the clock can have been right then. */
export function written(waiting: Waiting, message: StoredMessage): number {
  const isWrong =
    message.arrived > message.created ||
    (waiting.known !== undefined && message.arrived < waiting.known - TOLERANCE);
  return isWrong ? message.created : message.arrived;
}
