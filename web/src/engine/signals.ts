import type { Socket } from '../protocol/socket';
import type { Shared } from './parts';
import { owedReceipt, type Receipts } from './receipts';
import { mayHaveMissedReceipts, owedReceipts } from './stored/messageRows';
import * as messages from './stored/messages';

/** Receipts that are told in one go. */
const AT_ONCE = 100;

/**
 * Tells senders how far their messages are.
 *
 * The relay keeps no receipts: what is told to somebody who isn't connected is lost, and so is what
 * is told between two of whom one hasn't added the other. So a receipt is owed until it was sent
 * while its recipient was known to be there; sent at another time, it is sent once more when they
 * show themselves. A stranger's message shows nobody: no receipt reaches them. Whatever else the
 * relay passes on comes from a contact on both sides.
 */
export class Signals {
  readonly #shared: Shared;
  readonly #receipts: Receipts;
  /** Who has shown themselves since the socket was opened, and hasn't left. */
  readonly #present = new Set<string>();

  constructor(shared: Shared, receipts: Receipts) {
    this.#shared = shared;
    this.#receipts = receipts;
  }

  /** A socket was opened: who is there is found out anew. */
  reset(): void {
    this.#present.clear();
  }

  /** Whether it is worth asking who is there. */
  mayHaveBeenMissed(): Promise<boolean> {
    return mayHaveMissedReceipts(this.#shared.transactions.reads);
  }

  /** Somebody is there: what they may have missed is owed them again. */
  async showed(who: string): Promise<void> {
    if (!this.#present.has(who)) {
      this.#present.add(who);
      await this.#shared.transactions.run((transaction) =>
        messages.oweMissedReceipts(transaction, who),
      );
    }
  }

  left(who: string): void {
    this.#present.delete(who);
  }

  /** Tells all that is owed. One call at a time. */
  async sendReceipts(socket: Socket): Promise<void> {
    const { transactions } = this.#shared;
    for (;;) {
      const owed = await owedReceipts(transactions.reads, AT_ONCE);
      if (owed.length === 0 || !socket.isOpen) {
        return;
      }
      for (const message of owed) {
        const proof = await this.#receipts.proofOf(transactions.reads, message);
        socket.confirm(owedReceipt(message), message.id, message.senderId, proof);
      }
      await transactions.run(async (transaction) => {
        for (const message of owed) {
          const heard = this.#present.has(message.senderId);
          await messages.receiptSent(transaction, message, heard);
          if (heard) {
            this.#receipts.heard(transaction, message);
          }
        }
      });
    }
  }
}
