import { Base64Text, CONTENT_CAPABILITY, type Receipt, Refused } from '../crypto';
import type { Receipt as Said } from '../protocol/frame';
import type { Shared } from './parts';
import { RANK, type StoredMessage, type Told } from './stored/message';
import * as messages from './stored/messages';
import * as outbox from './stored/outbox';
import type { PeerStore } from './stored/peers';
import * as receiptKeys from './stored/receiptKeys';
import type { Reads, Transaction } from './transaction';

/** Receipts may overtake the relay's answer to what they are about; so many are kept for it. */
const MOST_EARLY = 256;

/** What somebody, or the server in their name, says of a message. */
type SaidOf = Said & { messageId: string };

/**
 * What is said about how far messages are. The recipient proves it, by a key that came with the
 * message; without a proof it is the server's word, which counts for nothing where the recipient's
 * program proves, and is marked as unproven where it doesn't.
 */
export class Receipts {
  readonly #shared: Shared;
  readonly #peers: PeerStore;
  readonly #early = new Map<string, SaidOf>();

  constructor(shared: Shared, peers: PeerStore) {
    this.#shared = shared;
    this.#peers = peers;
  }

  /** The proof, in base64, of what is owed of a received message; none for one without a key. */
  async proofOf(reads: Reads, received: StoredMessage): Promise<string | undefined> {
    const key = await receiptKeys.find(reads, received.senderId, received.id);
    return key && Base64Text.encode(key.prove(owedReceipt(received), received.id));
  }

  /** A receipt was told to somebody who was there. */
  heard(transaction: Transaction, told: Told): void {
    if (owedReceipt(told) === 'read') {
      receiptKeys.forget(transaction, told.senderId, told.id);
    }
  }

  /** Takes one. */
  async take(said: Said): Promise<void> {
    const { messageId } = said;
    if (messageId !== undefined) {
      await this.#shared.transactions.run((transaction) =>
        this.#take(transaction, { ...said, messageId }),
      );
    }
  }

  /** The relay has answered that it has a message: what was said of it meanwhile counts now. */
  async sent(messageId: string): Promise<void> {
    const said = this.#early.get(messageId);
    if (said) {
      this.#early.delete(messageId);
      await this.take(said);
    }
  }

  async #take(transaction: Transaction, said: SaidOf): Promise<void> {
    const key = await receiptKeys.find(transaction, this.#shared.userId, said.messageId);
    if (!key) {
      // From before there were keys; or all was proven, and nothing moves any more.
      await this.#unproven(transaction, said);
    } else if (said.proof !== undefined) {
      const proof = decoded(said.proof);
      if (proof && key.proves(said.state, said.messageId, proof)) {
        await this.#proven(transaction, said);
      }
    } else if (!(await this.#isProving(transaction, said.userId))) {
      await this.#unproven(transaction, said);
    }
  }

  async #proven(transaction: Transaction, said: SaidOf): Promise<void> {
    if (await this.#advance(transaction, said, true)) {
      // It has arrived, whatever became of the relay's answer.
      await outbox.remove(transaction, said.messageId);
      if (said.state === 'read') {
        receiptKeys.forget(transaction, this.#shared.userId, said.messageId);
      }
    }
  }

  async #unproven(transaction: Transaction, said: SaidOf): Promise<void> {
    if (await outbox.find(transaction, said.messageId)) {
      const before = this.#early.get(said.messageId);
      this.#early.delete(said.messageId);
      this.#early.set(said.messageId, before?.state === 'read' ? before : said);
      this.#boundEarly();
    }
    await this.#advance(transaction, said, false);
  }

  #boundEarly(): void {
    const [oldest] = this.#early.keys();
    if (oldest !== undefined && this.#early.size > MOST_EARLY) {
      this.#early.delete(oldest);
    }
  }

  #advance(
    transaction: Transaction,
    said: SaidOf,
    proven: boolean,
  ): Promise<StoredMessage | undefined> {
    return messages.advanceByReceipt(
      transaction,
      {
        senderId: this.#shared.userId,
        id: said.messageId,
        contactId: said.userId,
        rank: RANK[said.state],
        proven,
      },
      this.#shared.clock.now(),
    );
  }

  async #isProving(reads: Reads, contactId: string): Promise<boolean> {
    const known = await this.#peers.find(reads, contactId);
    return known?.peer.bundle.bundle.capabilities.include(CONTENT_CAPABILITY) ?? false;
  }
}

/** What the sender of a received message is to be told. */
export function owedReceipt({ owed }: { owed?: number | undefined }): Receipt {
  return owed === RANK.read ? 'read' : 'delivered';
}

function decoded(proof: string): Uint8Array | undefined {
  try {
    return Base64Text.decode('proof', proof);
  } catch (failure) {
    if (failure instanceof Refused) {
      return undefined;
    }
    throw failure;
  }
}
