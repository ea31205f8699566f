import type { MessageKey, StreamPlace, TextContent } from '../crypto';
import * as asked from './stored/asked';
import * as heard from './stored/heard';
import * as received from './stored/received';
import type { Reads, Transaction } from './transaction';

/** Takes account of the numbers of what comes in. Within the transaction that stores it. */
export class Streams {
  #newGap = false;

  /**
   * Notes a message, and what it is instead of.
   *
   * @returns whether it is the first form of it to come; another one isn't shown
   */
  async isFirst(transaction: Transaction, key: MessageKey, text: TextContent): Promise<boolean> {
    let first = true;
    for (const replaced of text.replaces) {
      const before = { senderId: key.senderId, messageId: replaced.messageId };
      if (await received.contains(transaction, before)) {
        first = false;
      } else {
        await received.remember(transaction, before);
      }
      asked.remove(transaction, before);
      if (replaced.place) {
        const of = await heardOf(transaction, key.senderId, replaced.place);
        await heard.keep(transaction, heard.withNumber(of, replaced.place.number));
      }
    }
    return first;
  }

  /** Whether there was a gap that wasn't before, since this was last asked. */
  hasNewGap(): boolean {
    const since = this.#newGap;
    this.#newGap = false;
    return since;
  }

  /**
   * Notes a message's own number.
   *
   * @returns whether it came before
   */
  async isRepeated(
    transaction: Transaction,
    senderId: string,
    { place, noMore }: TextContent,
  ): Promise<boolean> {
    const before = await heardOf(transaction, senderId, place);
    const after = heard.withoutNumbers(heard.withNumber(before, place.number), noMore);
    if (after.missing.count > before.missing.count) {
      transaction.afterwards(() => {
        this.#newGap = true;
      });
    }
    await heard.keep(transaction, after);
    return heard.has(before, place.number);
  }
}

async function heardOf(
  reads: Reads,
  senderId: string,
  { epoch }: StreamPlace,
): Promise<heard.Heard> {
  return (await heard.find(reads, senderId, epoch)) ?? heard.nothing(senderId, epoch);
}
