import type { Message } from '../../../engine/api';
import { isUnread } from './History';

/** Counts messages that came in below what somebody reads. */
export class Arrivals {
  readonly #ownId: string;
  #highest: number;

  /** @param highest the place of the last message that is known */
  constructor(ownId: string, highest: number) {
    this.#ownId = ownId;
    this.#highest = highest;
  }

  /** How many of these are new: later than all that was told before. */
  told(messages: readonly Message[]): number {
    const fresh = messages.filter(
      (message) => message.place > this.#highest && isUnread(message, this.#ownId),
    );
    for (const { place } of messages) this.#highest = Math.max(this.#highest, place);
    return fresh.length;
  }
}
