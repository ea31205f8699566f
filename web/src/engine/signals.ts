import type { Socket } from '../protocol/socket';
import type { Shared } from './parts';
import { owedReceipt, type Receipts } from './receipts';
import type { Told } from './stored/message';
import { countOwedReceipts, find, owedReceipts } from './stored/messageRows';
import * as messages from './stored/messages';

/** Receipts that are told in one go. */
const AT_ONCE = 100;

/** So many are told whatever else is to be done. */
const MUCH = 500;

/**
 * Who is there for so long after a receipt was sent has got it: until then a socket may end, theirs
 * or this one, with the receipt in it. Milliseconds.
 */
const HEARD_AFTER = 30_000;

/** A receipt that has left. */
interface Sent {
  message: Told;
  /** By what has passed. */
  when: number;
}

/**
 * Tells senders how far their messages are.
 *
 * The relay keeps no receipts: what is told to somebody who isn't connected is lost, and so is what
 * is told between two of whom one hasn't added the other. So a receipt that was sent is kept in mind
 * until its recipient was there, and stayed, while it was sent; it is sent once more when they show
 * themselves. A stranger's message shows nobody: no receipt reaches them. Whatever else the relay
 * passes on comes from a contact on both sides.
 */
export class Signals {
  readonly #shared: Shared;
  readonly #receipts: Receipts;
  /** Since when whoever has shown themselves, and hasn't left, is there; by what has passed. */
  readonly #present = new Map<string, number>();
  #sent: Sent[] = [];
  #disarm: (() => void) | undefined;

  constructor(shared: Shared, receipts: Receipts) {
    this.#shared = shared;
    this.#receipts = receipts;
  }

  /** A socket was opened: who is there is found out anew. */
  reset(): void {
    this.#present.clear();
  }

  /** Somebody is there: what they may have missed is owed them again. */
  async showed(who: string): Promise<void> {
    if (!this.#present.has(who)) {
      this.#present.set(who, this.#shared.clock.elapsed());
      await this.#shared.transactions.run((transaction) =>
        messages.oweMissedReceipts(transaction, who),
      );
    }
  }

  left(who: string): void {
    this.#present.delete(who);
  }

  stop(): void {
    this.#disarm?.();
  }

  async owesMuch(): Promise<boolean> {
    return (await countOwedReceipts(this.#shared.transactions.reads)) >= MUCH;
  }

  /** Tells all that is owed. One call at a time. */
  async sendReceipts(socket: Socket): Promise<void> {
    const { transactions, clock } = this.#shared;
    for (;;) {
      const owed = await owedReceipts(transactions.reads, AT_ONCE);
      if (owed.length === 0 || !socket.isOpen) {
        return;
      }
      const proofs = await Promise.all(
        owed.map((message) => this.#receipts.proofOf(transactions.reads, message)),
      );
      for (const [at, message] of owed.entries()) {
        socket.confirm(owedReceipt(message), message.id, message.senderId, proofs[at]);
      }
      await transactions.run(async (transaction) => {
        await transaction.readAhead((reads) =>
          owed.map(({ senderId, id }) => find(reads, senderId, id)),
        );
        for (const message of owed) {
          await messages.receiptSent(transaction, message);
        }
      });
      for (const { senderId, id, owed: rank } of owed) {
        this.#sent.push({ message: { senderId, id, owed: rank }, when: clock.elapsed() });
      }
      this.#settleLater();
    }
  }

  #settleLater(): void {
    this.#disarm ??= this.#shared.clock.after(HEARD_AFTER, () => {
      this.#disarm = undefined;
      this.#settle().catch(this.#shared.fault);
    });
  }

  /** What was heard need not be told again. */
  async #settle(): Promise<void> {
    const now = this.#shared.clock.elapsed();
    const due = this.#sent.filter(({ when }) => when <= now - HEARD_AFTER);
    this.#sent = this.#sent.filter(({ when }) => when > now - HEARD_AFTER);
    const heard = due.filter(({ message, when }) => {
      const since = this.#present.get(message.senderId);
      return since !== undefined && since <= when;
    });
    if (heard.length > 0) {
      await this.#shared.transactions.run(async (transaction) => {
        await transaction.readAhead((reads) =>
          heard.map(({ message }) => find(reads, message.senderId, message.id)),
        );
        for (const { message } of heard) {
          await messages.receiptHeard(transaction, message);
          this.#receipts.heard(transaction, message);
        }
      });
    }
    if (this.#sent.length > 0) {
      this.#settleLater();
    }
  }
}
